package dev.weir.acceptance.aggregation;

import dev.weir.acceptance.stack.ControlPlane;
import dev.weir.acceptance.stack.EmbeddedServices;
import dev.weir.acceptance.stack.Records;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VectorTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.dap.client.ContributorSigner;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
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
import dev.weir.testkit.Account;
import dev.weir.testkit.TestService;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two aggregators of different operators, and clinics that contribute to their tasks. */
final class Clinics implements AutoCloseable {
  static final CreditCode HELPING = Account.party(71);
  static final Account LEADER = Account.of("leader-operator", ControlPlane.OPERATOR, Role.OPERATOR);
  static final Account HELPER = Account.of("helper-operator", HELPING, Role.OPERATOR);
  static final Account COLLECTOR =
      Account.of("builder-analyst", ControlPlane.BUILDER, Role.CONSUMER);
  static final Account RIVAL = Account.of("rival-analyst", ControlPlane.RIVAL, Role.CONSUMER);
  static final String LEADER_ADDRESS = "https://leader.example/dap/";
  static final String HELPER_ADDRESS = "https://helper.example/dap/";
  static final long HOUR = 3600;
  private static final Column COLUMN =
      new Column(
          "days", ColumnType.INTEGER, 0, false, ColumnRole.ORDINARY, LegalClass.GENERAL, 1, "");

  private final EmbeddedServices services;
  final SecureRandom random = new SecureRandom();
  final HpkePrivateKey collectorKey = HpkePrivateKey.random(random);
  final TestService leader;
  final TestService helper;

  Clinics(EmbeddedServices services) {
    this.services = services;
    this.leader = services.startAggregator("leader", Map.of("address", LEADER_ADDRESS));
    this.helper = services.startAggregator("helper", Map.of("address", HELPER_ADDRESS));
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
    return setUp(
        contract(nanoRho * vectors.rounds()),
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
    var signers = new ArrayList<ContributorSigner>();
    var contributors = new ArrayList<Contributor>();
    for (int i = 0; i < clinics; i++) {
      var keys = keys();
      signers.add(new Ed25519Signer(keys));
      contributors.add(
          new Contributor(
              ControlPlane.PROVIDER,
              "intl",
              Base64Url.encode(Bytes.owning(keys.getPublic().getEncoded()))));
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
            1_000,
            48 * HOUR,
            300,
            nanoRho,
            vectors);
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
    Records.await(
        () -> leader.as(LEADER).post("/v1/aggregation-tasks", document),
        answer -> answer.status() == 200);
    Records.await(
        () -> helper.as(HELPER).post("/v1/aggregation-tasks", document),
        answer -> answer.status() == 200);
    return new Contributing(document.task(), contract, signers);
  }

  TimeInterval thisHour() {
    return new TimeInterval(Instant.now().getEpochSecond() / HOUR - 1, 3);
  }

  ReportMaker maker(Contributing to, int clinic) {
    return new ReportMaker(
        to.task().task(),
        http(leader, Optional.empty()).key(),
        http(helper, Optional.empty()).key(),
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
    helper.close();
  }
}
