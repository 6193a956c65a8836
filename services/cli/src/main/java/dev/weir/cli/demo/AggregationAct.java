package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.stack.OneOperator;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.Query;
import dev.weir.dap.report.Report;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.Bilingual;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.embedded.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ten clinics contribute to a histogram of which nobody sees a single record. */
final class AggregationAct implements Act {
  private static final int FEW = 30;
  private static final int CHEATED = 2;
  private static final int AT_ONCE = 100;

  @Override
  public String name() {
    return "aggregation";
  }

  @Override
  public Bilingual title() {
    return say("十家诊所的安全聚合：谁也看不到一条记录", "Ten clinics, one histogram, and nobody sees a record");
  }

  @Override
  public void play(Stage stage) throws Exception {
    var story = stage.story();
    var stays = Stays.obtain(stage.directory("data"));
    story.narrator().note(OneOperator.NOTE);
    story.narrator().note(stays.what());
    var offer = new AggregationOffer(stage, stays);
    Item item = offer.product();
    String contract = offer.contract(item);
    var collector = new BuildersCollector(stage);
    var clinics = new Clinics(stage, stays, item, contract, collector.key());
    story.step(
        "task",
        say("两个运营方各自建立同一任务", "each operator sets up the same task"),
        () -> offer.setUp(clinics.document()));
    stage.task(clinics.task().id().toString());
    tooFew(stage, clinics, stays, collector);
    cheats(stage, clinics);
    upload(stage, clinics, stays);
    var batch = collect(stage, clinics, collector);
    histogram(stage, clinics, stays, batch);
    account(stage, item, contract);
    log(stage, clinics, stays);
  }

  private static void tooFew(Stage stage, Clinics clinics, Stays stays, BuildersCollector collector)
      throws Exception {
    send(stage, clinics, stays, 0, FEW);
    String refusal = round(stage, clinics, collector).path("refused").asText();
    stage
        .story()
        .check(
            "too-few",
            say("批次太小，拒绝收集", "a batch too small to collect is refused"),
            refusal.endsWith(":invalidBatchSize"),
            Map.of("reports", FEW, "minimum", Clinics.MIN_REPORTS, "refusal", refusal));
  }

  private static void cheats(Stage stage, Clinics clinics) throws Exception {
    stage
        .story()
        .step(
            "cheat",
            say(
                "一家诊所作弊：让一名病人算作一百名，签名与加密都合规；有的改动份额，有的连联合随机数也配好、只编造证明",
                "one clinic cheats: one patient counts as a hundred, signed and sealed as it should be;"
                    + " some reports have a share changed, some fit but for a made-up proof"),
            () -> {
              var cheat = clinics.cheat(Clinics.COUNT - 1);
              var reports = new ArrayList<Report>();
              for (int i = 0; i < CHEATED; i++) {
                for (var lie : CheatingClinic.Lie.values()) {
                  reports.add(cheat.make(0, clinics.hour(), lie));
                }
              }
              return clinics.leader().upload(clinics.task().id(), reports);
            });
  }

  private static void upload(Stage stage, Clinics clinics, Stays stays) throws Exception {
    int all = stays.records().size();
    stage
        .story()
        .step(
            "upload",
            say(
                "十家诊所上报 " + all + " 条记录的份额",
                "ten clinics upload the shares of " + all + " records"),
            () -> {
              send(stage, clinics, stays, FEW, all);
              return true;
            });
  }

  /** Records go to the clinics in turn; each clinic signs its own. */
  private static void send(Stage stage, Clinics clinics, Stays stays, int from, int to) {
    HttpAggregator leader = clinics.leader();
    var makers = new ArrayList<ReportMaker>();
    for (int i = 0; i < Clinics.COUNT; i++) {
      makers.add(clinics.maker(i));
    }
    for (int at = from; at < to; at += AT_ONCE) {
      var reports = new ArrayList<Report>();
      for (int i = at; i < Math.min(to, at + AT_ONCE); i++) {
        var stay = Measurement.bucket(stays.records().get(i));
        reports.add(makers.get(i % Clinics.COUNT).make(stay, clinics.hour()));
      }
      if (!leader.upload(clinics.task().id(), reports).failures().isEmpty()) {
        throw new IllegalStateException("the leader did not take every report");
      }
      stage.story().narrator().progress(stays.what(), at + reports.size(), stays.records().size());
    }
  }

  /** The collector is a process of its own: only it can open the shares. */
  private static CollectedBatch collect(Stage stage, Clinics clinics, BuildersCollector collector)
      throws Exception {
    return stage
        .story()
        .step(
            "collect",
            say(
                "收集方的独立进程取得两份加噪份额，用自己的密钥合并",
                "the collector, a process of its own, gets two noised shares and opens them with its key"),
            () -> {
              round(stage, clinics, collector);
              return collector
                  .result(
                      clinics.task().id(),
                      new Query.OfInterval(new TimeInterval(clinics.hour(), 1)))
                  .orElseThrow(() -> new IllegalStateException("the collector keeps no result"));
            });
  }

  private static JsonNode round(Stage stage, Clinics clinics, BuildersCollector collector)
      throws IOException, InterruptedException {
    String path = "/v1/aggregation-tasks/" + clinics.task().id();
    return collector.round(stage.as("builder-analyst").get("leader", path), clinics.from());
  }

  private static void histogram(Stage stage, Clinics clinics, Stays stays, CollectedBatch batch)
      throws Exception {
    var story = stage.story();
    story.check(
        "counted",
        say("诚实的记录恰好各计一次，作弊的一条不计", "every honest record counted once, no forged one"),
        batch.reports() == stays.records().size() && batch.alerts().isEmpty(),
        Map.of("reports", batch.reports(), "forged", forged()));
    var histogram =
        new NoisyHistogram(
            batch.noisyAggregate(), stays.truth(), batch.halfWidth95().longValueExact());
    histogram.lines(stays.unit()).forEach(story.narrator()::note);
    story.narrator().note(say("◆ 实际值；├─┤ 95% 误差线", "◆ truth; ├─┤ 95 % error bar"));
    long bound =
        GaussianError.simultaneousBound(clinics.task().noise().varianceOfBoth(), stays.buckets());
    story.check(
        "near-truth",
        say("每一格都在误差界内", "every bucket is within the bound of the noise"),
        histogram.farthest() <= bound,
        Map.of(
            "farthest",
            histogram.farthest(),
            "bound",
            bound,
            "within95",
            histogram.within() + "/" + stays.buckets()));
  }

  private static void account(Stage stage, Item item, String contract) throws Exception {
    stage
        .story()
        .check(
            "one-account",
            say("费用记入查询所用的同一账户", "charged to the account that queries spend from"),
            new Asking(stage).left(contract, item.lineage())
                == AggregationOffer.ALLOTTED_NANO_RHO - Clinics.NANO_RHO,
            Map.of("rho", Clinics.NANO_RHO / 1e9));
  }

  private static void log(Stage stage, Clinics clinics, Stays stays) throws Exception {
    var auditor = stage.as("auditor");
    var leaves = BatchLeaves.await(auditor, clinics.task().id().toString());
    stage
        .story()
        .check(
            "leaves",
            say(
                "日志为证：两方各自记下同一批次与过小的批次",
                "the log proves it: both sides wrote the same batch and the small batch"),
            leaves.agree(stays.records().size()) && leaves.refusedBatch("dap-invalid-batch-size"),
            Map.of("releases", leaves.releases().size()));
    forgeries(stage, leaves);
    verified(stage, auditor);
  }

  /** Each lie is found where it lies: a share that was changed, and a proof that proves nothing. */
  private static void forgeries(Stage stage, BatchLeaves leaves) {
    var figures = new TreeMap<String, Long>();
    boolean all = true;
    for (var entry : expected().entrySet()) {
      long refused = leaves.refused(entry.getKey());
      figures.put(entry.getKey(), refused);
      all &= refused == entry.getValue();
    }
    figures.put("forgeriesRefused", figures.values().stream().mapToLong(Long::longValue).sum());
    stage
        .story()
        .check(
            "forgeries",
            say(
                "每条伪造各以其理由被拒：改动的份额（split-randomness）、编造的证明（not-verified）",
                "every forgery refused under its reason: changed shares (split-randomness),"
                    + " made-up proofs (not-verified)"),
            all,
            figures);
  }

  /** How many forgeries fall under each reason. */
  private static Map<String, Long> expected() {
    return Stream.of(CheatingClinic.Lie.values())
        .collect(
            Collectors.groupingBy(
                CheatingClinic.Lie::reason, Collectors.summingLong(lie -> CHEATED)));
  }

  private static long forged() {
    return expected().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void verified(Stage stage, WeirClient auditor) throws Exception {
    Path export = stage.directory("aggregation").resolve("export");
    Trees.delete(export);
    long size = new LogExporter(path -> auditor.getBytes("audit", path), export).export(done -> {});
    var verdict = LogVerifier.verify(export);
    stage
        .story()
        .check(
            "verified",
            say("离线验证通过", "verified offline"),
            verdict.ok() && verdict.size() == size,
            Map.of("leaves", size, "findings", verdict.findings().size()));
  }
}
