package dev.weir.cli.demo;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.aggregation.task.TaskTerms;
import dev.weir.aggregation.task.VerifyKeys;
import dev.weir.cli.stack.StackControl;
import dev.weir.dap.client.Ed25519Signer;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ten clinics with keys of their own, and the task they contribute to. Confined to the demo. */
final class Clinics {
  static final int COUNT = 10;
  static final int MIN_REPORTS = 100;
  static final int MIN_CLINICS = 5;
  static final long NANO_RHO = 50_000_000L;

  private static final long HOUR = 3600;
  private static final long CLOCK_SKEW = 300;
  private static final int LANES = 4;
  private static final int CHUNK = 4;

  private final SecureRandom random = new SecureRandom();
  private final List<KeyPair> keys = new ArrayList<>();
  private final URI leader;
  private final URI helper;
  private final TaskDocument document;
  private final long hour = Instant.now().minusSeconds(CLOCK_SKEW).getEpochSecond() / HOUR - 1;

  /**
   * @param item whose product and contract the task serves
   * @param collector the public half of the collector's key
   */
  Clinics(Stage stage, Stays stays, Item item, String contract, HpkeConfig collector) {
    var addresses = new StackControl(stage.state()).report().orElseThrow().addresses();
    this.leader = URI.create(addresses.get("leader") + "/dap/");
    this.helper = URI.create(addresses.get("helper") + "/dap/");
    for (int i = 0; i < COUNT; i++) {
      keys.add(key());
    }
    var seed = new byte[VerifyKeys.SEED_LENGTH];
    random.nextBytes(seed);
    var terms = terms(stage, stays, item, contract, collector, Bytes.copyOf(seed));
    this.document =
        new TaskDocument(
            Base64Url.encode(configuration(terms, stays).encoded()),
            terms,
            Base64Url.encode(Bytes.copyOf(seed)));
  }

  /** What both operators set up; holds the secret they share. */
  TaskDocument document() {
    return document;
  }

  AggregationTask task() {
    return document.task();
  }

  HttpAggregator leader() {
    return HttpAggregator.open(leader);
  }

  /** Makes the reports of one clinic. */
  ReportMaker maker(int clinic) {
    return new ReportMaker(
        task().task(),
        leader().key(),
        HttpAggregator.open(helper).key(),
        new Ed25519Signer(party(clinic), keys.get(clinic)),
        Clock.systemUTC(),
        random);
  }

  /** The same clinic, lying. */
  CheatingClinic cheat(int clinic) {
    return new CheatingClinic(
        task().task(),
        leader().key(),
        HttpAggregator.open(helper).key(),
        new Ed25519Signer(party(clinic), keys.get(clinic)),
        random);
  }

  /** When the records were measured, in the task's units: the last hour that is over for all. */
  long hour() {
    return hour;
  }

  /** The beginning of that hour. */
  Instant from() {
    return Instant.ofEpochSecond(hour * HOUR);
  }

  private TaskTerms terms(
      Stage stage, Stays stays, Item item, String contract, HpkeConfig collector, Bytes seed) {
    var contributors = new ArrayList<Contributor>();
    for (int i = 0; i < COUNT; i++) {
      contributors.add(
          new Contributor(
              party(i),
              "intl",
              Base64Url.encode(Bytes.owning(keys.get(i).getPublic().getEncoded()))));
    }
    return new TaskTerms(
        stays.what(),
        DomainAct.PURPOSE,
        ContractId.of(contract),
        ProductId.of(item.product()),
        CreditCode.of(stage.code("operator")),
        CreditCode.of(stage.code("helper")),
        CreditCode.of(stage.code("builder")),
        Base64Url.encode(collector.encoded()),
        VerifyKeys.commitment(seed),
        contributors,
        MIN_CLINICS,
        stays.records().size(),
        48 * HOUR,
        CLOCK_SKEW,
        NANO_RHO);
  }

  private TaskConfiguration configuration(TaskTerms terms, Stays stays) {
    return new TaskConfiguration(
        new TaskInfo(LANES, terms.sha256()).encoded(),
        leader.toString(),
        helper.toString(),
        HOUR,
        MIN_REPORTS,
        BatchMode.TIME_INTERVAL,
        Bytes.EMPTY,
        new VdafConfiguration.Histogram(stays.buckets(), CHUNK),
        List.of(TaskConfiguration.interval(new TimeInterval(hour - 24, 24 * 7))));
  }

  /** Made up, of area 990000, which no register uses. */
  private static CreditCode party(int clinic) {
    String body = "1299000090000%04d".formatted(1000 + clinic);
    return CreditCode.of(body + CreditCode.checkCharacter(body));
  }

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java 25 has Ed25519", e);
    }
  }
}
