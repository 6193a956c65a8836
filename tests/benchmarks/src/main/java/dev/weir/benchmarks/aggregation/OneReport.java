package dev.weir.benchmarks.aggregation;

import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.verify.HelperVerifier;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.PreparedKeys;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.dap.DapRole;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.report.InputShareAad;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.hpke.HpkePrivateKey;
import dev.weir.runtime.signing.SigningSuite;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What an aggregator does for one report, step by step on one thread, beside the time that two
 * aggregators have for one at the limit.
 */
final class OneReport {
  private static final int KEY_ID = 1;

  private final SecureRandom random = new SecureRandom();
  private final BenchTask task = BenchTask.of(Kind.SUM, random);
  private final HpkePrivateKey leaderKey = HpkePrivateKey.random(random);
  private final HpkePrivateKey helperKey = HpkePrivateKey.random(random);
  private final HpkeKeyRing leader = new HpkeKeyRing(DapRole.LEADER, Map.of(KEY_ID, leaderKey));
  private final HpkeKeyRing helper = new HpkeKeyRing(DapRole.HELPER, Map.of(KEY_ID, helperKey));
  private final int runs;
  private final Sheet sheet;
  private final List<Report> reports;
  private int next;

  private OneReport(Settings settings, Sheet sheet) {
    this.runs = settings.pick(500, 10_000);
    this.sheet = sheet;
    this.reports =
        Load.reports(
            task,
            Kind.SUM,
            leader.configs().usable().orElseThrow(),
            helper.configs().usable().orElseThrow(),
            512);
  }

  static void run(Settings settings, Sheet sheet) throws Exception {
    var one = new OneReport(settings, sheet);
    one.pieces();
    one.signatures();
  }

  private void pieces() throws Exception {
    var rules = new ReportRules(Clock.systemUTC());
    measure(
        "rules and the contributor's signature",
        () -> {
          var report = report();
          var metadata = report.metadata();
          return rules.check(
              task.task(),
              metadata,
              report.publicShare(),
              Lane.of(task.task().id(), metadata.id(), BenchTask.LANES));
        });
    measure(
        "opening a share with HPKE",
        () -> {
          var report = report();
          var aad =
              new InputShareAad(task.task().task(), report.metadata(), report.publicShare())
                  .encoded();
          return leader.open(report.leader(), aad).orElseThrow();
        });
    var leading = new LeaderVerifier(leader);
    measure("leader's first step, opening included", () -> leading.start(task.task(), report()));
    var inits = reports.stream().map(report -> init(leading, report)).toList();
    var helping = new HelperVerifier(helper);
    measure(
        "helper's step, opening included",
        () -> helping.answer(task.task(), inits.get(next++ % inits.size())));
  }

  private Report report() {
    return reports.get(next++ % reports.size());
  }

  private VerifyInit init(LeaderVerifier leading, Report report) {
    return switch (leading.start(task.task(), report)) {
      case LeaderVerifier.Start.Started(Bytes payload, Bytes expected, Bytes output) ->
          new VerifyInit(
              new ReportShare(report.metadata(), report.publicShare(), report.helper()), payload);
      case LeaderVerifier.Start.Refused refused ->
          throw new IllegalStateException("an honest report was refused: " + refused.reason());
    };
  }

  /** Contributors' signatures alone, beside the libraries' own way from an encoded key. */
  private void signatures() throws Exception {
    var keys = new PreparedKeys();
    for (var suite : List.of(SigningSuite.INTL, SigningSuite.GM)) {
      var pair = suite.generate(random);
      byte[] statement = new byte[80];
      byte[] signature = suite.sign(pair.getPrivate(), statement, random);
      byte[] key = pair.getPublic().getEncoded();
      Contributor contributor = BenchTask.contributor(Contracts.PROVIDER, suite.name(), key);
      var message = Bytes.copyOf(statement);
      var signed = Bytes.copyOf(signature);
      double own = micros(() -> held(keys.signed(contributor, message, signed)));
      double plain = micros(() -> held(suite.verify(key, statement, signature)));
      sheet.against("signature of suite " + suite.name(), own, "µs", "read anew each time", plain);
    }
  }

  private static boolean held(boolean verified) {
    if (!verified) {
      throw new IllegalStateException("a true signature was refused");
    }
    return true;
  }

  private void measure(String step, Callable<?> work) throws Exception {
    sheet.atMost(step, micros(work), "µs", EndToEnd.LIMIT_MICROS);
  }

  private double micros(Callable<?> work) throws Exception {
    return Timings.of(runs, runs, work).nanos(0.5) / 1e3;
  }
}
