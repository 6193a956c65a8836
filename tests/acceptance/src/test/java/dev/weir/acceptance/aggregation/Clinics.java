package dev.weir.acceptance.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.acceptance.stack.WatchedAggregator;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.Robustness;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.TaskView;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.Query;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Role;
import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.kernel.data.LegalClass;
import dev.weir.kernel.data.RecordSchema;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.embedded.Trees;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import dev.weir.testkit.TestService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Two aggregators of different operators, and clinics that contribute to their tasks. */
public final class Clinics implements AutoCloseable {
  static final CreditCode HELPING = Account.party(71);
  public static final Account LEADER =
      Account.of("leader-operator", ControlPlane.OPERATOR, Role.OPERATOR);
  public static final Account HELPER = Account.of("helper-operator", HELPING, Role.OPERATOR);
  static final Account COLLECTOR =
      Account.of("builder-analyst", ControlPlane.BUILDER, Role.CONSUMER);
  static final Account RIVAL = Account.of("rival-analyst", ControlPlane.RIVAL, Role.CONSUMER);

  /** Behind a proxy with a path of its own; the test's collector reaches it without. */
  public static final String LEADER_ADDRESS = "https://operator.example/leader/dap/";

  public static final String HELPER_ADDRESS = "https://helper.example/dap/";
  static final long HOUR = 3600;
  private static final int FIRST_CLINIC = 500;
  private static final Column COLUMN =
      new Column(
          "days", ColumnType.INTEGER, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");

  private final EmbeddedServices services;
  final SecureRandom random = new SecureRandom();
  final HpkePrivateKey collectorKey = HpkePrivateKey.random(random);
  public final TestService leader;
  private final WatchedAggregator leaderInside = new WatchedAggregator(Clock.systemUTC());
  private Optional<WatchedAggregator> helperInside = Optional.empty();
  private final Path journals;
  private Optional<TestService> helper = Optional.empty();

  Clinics(EmbeddedServices services) {
    this.services = services;
    this.journals = directory();
    this.leader =
        services.startAggregator(leaderInside, "leader", Map.of("address", LEADER_ADDRESS));
    startHelper(Clock.systemUTC());
  }

  public TestService helper() {
    return helper.orElseThrow();
  }

  /** Where the figures of leader or helper come from. */
  PrometheusRegistry figures(String role) {
    return switch (role) {
      case "leader" -> leaderInside.figures();
      case "helper" -> helperInside.orElseThrow().figures();
      default -> throw new IllegalArgumentException("no aggregator");
    };
  }

  /** Starts a helper with lanes to fetch; there is none. */
  void startHelper(InstantSource clock) {
    var inside = new WatchedAggregator(clock);
    helperInside = Optional.of(inside);
    helper =
        Optional.of(services.startAggregator(inside, "helper", Map.of("address", HELPER_ADDRESS)));
  }

  void stopHelper() {
    helper.ifPresent(TestService::close);
    helper = Optional.empty();
  }

  /** The collector of a task, with a journal of its own. */
  Collector collector() {
    return new Collector(
        new CollectionJournal(journals.resolve(UUID.randomUUID().toString())),
        http(leader, Optional.of(COLLECTOR)),
        collectorKey,
        terms -> Optional.empty());
  }

  /** The task as its collector reads it from the leader. */
  PublicTask shown(Contributing to) {
    return PublicTask.of(view(to));
  }

  TaskView view(Contributing to) {
    var answer = leader.as(COLLECTOR).get("/v1/aggregation-tasks/" + to.task().id());
    try {
      return Json.mapper().readValue(answer.body(), TaskView.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A collection from its beginning to its end. */
  Outcome collect(Contributing to, Query query) {
    var collector = collector();
    var task = shown(to);
    var kept = collector.open(task, query);
    return Records.await(
        () -> collector.step(task, kept), outcome -> !(outcome instanceof Outcome.Waiting));
  }

  /** The same, of an interval that is collected. */
  CollectedBatch collected(Contributing to, TimeInterval interval) {
    return collected(collect(to, new Query.OfInterval(interval)));
  }

  static CollectedBatch collected(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Collected.class);
    return ((Outcome.Collected) outcome).batch();
  }

  /** Why an interval is not collected. */
  String refused(Contributing to, TimeInterval interval) {
    var outcome = collect(to, new Query.OfInterval(interval));
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).rule();
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("weir-collector-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A task that both operators set up, with the keys of its contributors. */
  record Contributing(
      AggregationTask task, ContractTerms contract, List<ContributorSigner> clinics) {}

  /**
   * @param nanoRho of each collection; the contract allots ten of them
   */
  Contributing setUp(
      VdafConfiguration vdaf, int clinics, int minClinics, int minReports, long nanoRho) {
    return setUp(contract(nanoRho * 10), vdaf, clinics, minClinics, minReports, nanoRho);
  }

  /**
   * @param contract whose first product stands for the contributions
   */
  Contributing setUp(
      ContractTerms contract,
      VdafConfiguration vdaf,
      int clinics,
      int minClinics,
      int minReports,
      long nanoRho) {
    return setUp(
        contract,
        vdaf,
        BatchMode.TIME_INTERVAL,
        clinics,
        minClinics,
        minReports,
        nanoRho,
        Optional.empty());
  }

  /** A task whose terms say how records become vectors; the contract allots all its rounds. */
  Contributing setUpVectors(
      VdafConfiguration vdaf, VectorTerms vectors, int clinics, int minReports, long nanoRho) {
    return setUpVectors(
        contract(nanoRho * vectors.rounds()), vdaf, vectors, clinics, minReports, nanoRho);
  }

  /** The same, under a contract that allots what it allots. */
  Contributing setUpVectors(
      ContractTerms contract,
      VdafConfiguration vdaf,
      VectorTerms vectors,
      int clinics,
      int minReports,
      long nanoRho) {
    return setUp(
        contract,
        vdaf,
        BatchMode.TIME_INTERVAL,
        clinics,
        2,
        minReports,
        nanoRho,
        Optional.of(vectors));
  }

  /** A task whose batches the leader selects; otherwise as above. */
  Contributing setUpNextBatch(
      VdafConfiguration vdaf, int clinics, int minClinics, int minReports, long nanoRho) {
    return setUp(
        contract(nanoRho * 10),
        vdaf,
        BatchMode.LEADER_SELECTED,
        clinics,
        minClinics,
        minReports,
        nanoRho,
        Optional.empty());
  }

  private Contributing setUp(
      ContractTerms contract,
      VdafConfiguration vdaf,
      BatchMode mode,
      int clinics,
      int minClinics,
      int minReports,
      long nanoRho,
      Optional<VectorTerms> vectors) {
    var prepared =
        prepared(contract, vdaf, mode, clinics, minClinics, minReports, nanoRho, vectors);
    setUp(prepared.document());
    return prepared.contributing();
  }

  /** A task that nobody has set up yet. */
  record Prepared(Contributing contributing, TaskDocument document) {}

  /** As {@link #setUp(VdafConfiguration, int, int, int, long)} sets it up. */
  Prepared prepared(
      VdafConfiguration vdaf, int clinics, int minClinics, int minReports, long nanoRho) {
    return prepared(
        contract(nanoRho * 10),
        vdaf,
        BatchMode.TIME_INTERVAL,
        clinics,
        minClinics,
        minReports,
        nanoRho,
        Optional.empty());
  }

  private Prepared prepared(
      ContractTerms contract,
      VdafConfiguration vdaf,
      BatchMode mode,
      int clinics,
      int minClinics,
      int minReports,
      long nanoRho,
      Optional<VectorTerms> vectors) {
    var signers = new ArrayList<ContributorSigner>();
    var contributors = new ArrayList<Contributor>();
    for (int i = 0; i < clinics; i++) {
      var keys = keys();
      var party = Account.party(FIRST_CLINIC + i);
      signers.add(new Ed25519Signer(party, keys));
      contributors.add(
          new Contributor(
              party, "intl", Base64Url.encode(Bytes.owning(keys.getPublic().getEncoded()))));
    }
    byte[] seed = new byte[VerifyKeys.SEED_LENGTH];
    random.nextBytes(seed);
    var terms =
        new TaskTerms(
            Bilingual.same("length of stay"),
            ControlPlane.PURPOSE,
            contract.id(),
            contract.products().getFirst().id(),
            LEADER.party(),
            HELPER.party(),
            COLLECTOR.party(),
            Base64Url.encode(HpkeKeyRing.config(3, collectorKey).encoded()),
            VerifyKeys.commitment(Bytes.copyOf(seed)),
            contributors,
            minClinics,
            vectors.isPresent() ? 1 : 1_000,
            48 * HOUR,
            300,
            nanoRho,
            vectors,
            vdaf instanceof VdafConfiguration.UnverifiedSumVec
                ? Optional.of(Robustness.NONE)
                : Optional.empty());
    long now = Instant.now().getEpochSecond() / HOUR;
    var configuration =
        new TaskConfiguration(
            new TaskInfo(4, terms.sha256()).encoded(),
            LEADER_ADDRESS,
            HELPER_ADDRESS,
            HOUR,
            minReports,
            mode,
            Bytes.EMPTY,
            vdaf,
            List.of(TaskConfiguration.interval(new TimeInterval(now - 24, 24 * 7))));
    var document =
        new TaskDocument(
            Base64Url.encode(configuration.encoded()), terms, Base64Url.encode(Bytes.copyOf(seed)));
    return new Prepared(new Contributing(document.task(), contract, signers), document);
  }

  /** At both aggregators, once they have heard of its contract: then it takes reports. */
  void setUp(TaskDocument document) {
    setUpAtHelper(document);
    setUpAtLeader(document);
  }

  void setUpAtHelper(TaskDocument document) {
    Records.await(
        () -> helper().as(HELPER).post("/v1/aggregation-tasks", document),
        answer -> answer.status() == 200);
  }

  void setUpAtLeader(TaskDocument document) {
    Records.await(
        () -> leader.as(LEADER).post("/v1/aggregation-tasks", document),
        answer -> answer.status() == 200);
  }

  /** The hour that runs and the one before it, in which a test may have begun. */
  TimeInterval thisHour() {
    return new TimeInterval(Instant.now().getEpochSecond() / HOUR - 1, 2);
  }

  ReportMaker maker(Contributing to, int clinic) {
    return new ReportMaker(
        to.task().task(),
        http(leader, Optional.empty()).key(),
        http(helper(), Optional.empty()).key(),
        to.clinics().get(clinic),
        Clock.systemUTC(),
        random);
  }

  HttpAggregator http(TestService aggregator, Optional<Account> account) {
    return new HttpAggregator(
        HttpClient.newHttpClient(),
        URI.create(aggregator.running().api() + "/dap"),
        () -> account.map(services.issuer()::token));
  }

  /** A contract over contributions that allots so much. */
  ContractTerms contract(long nanoRho) {
    var plane = services.controlPlane();
    var domain = plane.openDomain();
    var lineage = LineageId.random();
    var resource = plane.openResource(domain, lineage, new RecordSchema(List.of(COLUMN)));
    var product =
        new ProductTerms(
            ProductId.random(),
            resource,
            lineage,
            domain,
            ControlPlane.PROVIDER,
            ProductKind.DP,
            "contributions",
            Bilingual.same("contributions"),
            Bilingual.same("contributions of clinics"),
            List.of(),
            Optional.empty(),
            20,
            new Price(100, 1_000, 1, 1_000_000),
            true);
    return plane.sign(List.of(product), nanoRho, 1_000);
  }

  private static java.security.KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    leader.close();
    stopHelper();
    Trees.delete(journals);
  }
}
