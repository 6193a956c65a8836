package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.audit.export.LogExporter;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.cli.stack.OneOperator;
import dev.weir.dap.DapRole;
import dev.weir.dap.client.DapAnswerException;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.client.ReportMaker;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.collector.ShareOpening;
import dev.weir.dap.report.Report;
import dev.weir.kernel.Bilingual;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.noise.Rational;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.runtime.embedded.Trees;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;

/** Ten clinics contribute to a histogram of which nobody sees a single record. */
final class AggregationAct implements Act {
  private static final int FEW = 30;
  private static final int CHEATED = 2;
  private static final int AT_ONCE = 100;
  private static final int ATTEMPTS = 600;
  private static final long PAUSE_MILLIS = 200;

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
    var clinics = new Clinics(stage, stays, item, contract);
    story.step(
        "task",
        say("两个运营方各自建立同一任务", "each operator sets up the same task"),
        () -> offer.setUp(clinics.document()));
    tooFew(stage, clinics, stays);
    cheats(stage, clinics);
    upload(stage, clinics, stays);
    collect(stage, clinics, stays, item, contract);
    log(stage, clinics, stays);
  }

  private static void tooFew(Stage stage, Clinics clinics, Stays stays) throws Exception {
    send(stage, clinics, stays, 0, FEW);
    String refusal = "";
    try {
      collected(stage, clinics, request());
    } catch (DapAnswerException e) {
      refusal = e.type();
    }
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
                "一家诊所作弊：让一名病人算作一百名，签名与加密都合规",
                "one clinic cheats: one patient counts as a hundred, signed and sealed as it should be"),
            () -> {
              var cheat = clinics.cheat(Clinics.COUNT - 1);
              long hour = Clinics.around(Instant.now()).start() + 1;
              var reports = new ArrayList<Report>();
              for (int i = 0; i < CHEATED; i++) {
                reports.add(cheat.make(0, hour, DapRole.LEADER));
                reports.add(cheat.make(0, hour, DapRole.HELPER));
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
        reports.add(makers.get(i % Clinics.COUNT).make(Measurement.bucket(stays.records().get(i))));
      }
      if (!leader.upload(clinics.task().id(), reports).failures().isEmpty()) {
        throw new IllegalStateException("the leader did not take every report");
      }
      stage.story().narrator().progress(stays.what(), at + reports.size(), stays.records().size());
    }
  }

  private static void collect(Stage stage, Clinics clinics, Stays stays, Item item, String contract)
      throws Exception {
    var story = stage.story();
    var request = request();
    CollectionJobResp answer =
        story.step(
            "collect",
            say("收集方取得两份加噪份额并合并", "the collector gets two noised shares and puts them together"),
            () -> collected(stage, clinics, request));
    story.check(
        "counted",
        say("诚实的记录恰好各计一次，作弊的一条不计", "every honest record counted once, no forged one"),
        answer.reports() == stays.records().size(),
        Map.of("reports", answer.reports(), "forged", 2 * CHEATED));
    var variance = clinics.task().noiseVariance();
    var both = new Rational(variance.numerator().shiftLeft(1), variance.denominator());
    var histogram =
        new NoisyHistogram(
            new ShareOpening(clinics.task().task(), clinics.collectorKey()).open(request, answer),
            stays.truth(),
            GaussianError.halfWidth95(both));
    histogram.lines(stays.unit()).forEach(story.narrator()::note);
    story.narrator().note(say("◆ 实际值；├─┤ 95% 误差线", "◆ truth; ├─┤ 95 % error bar"));
    long bound = GaussianError.simultaneousBound(both, stays.buckets());
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
    story.check(
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
                "日志为证：两方各自记下同一批次、被拒的伪造与过小的批次",
                "the log proves it: both sides wrote the same batch, the forgeries and the small batch"),
            leaves.agree(stays.records().size())
                && leaves.refused("split-randomness") == 2 * CHEATED
                && leaves.refusedBatch("dap-invalid-batch-size"),
            Map.of(
                "releases", leaves.releases().size(),
                "forgeriesRefused", leaves.refused("split-randomness")));
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

  private static CollectionJobReq request() {
    return CollectionJobReq.of(new Query.OfInterval(Clinics.around(Instant.now())));
  }

  /** Asks until the leader has both shares, or says why there will be none. */
  private static CollectionJobResp collected(Stage stage, Clinics clinics, CollectionJobReq request)
      throws InterruptedException {
    var leader = stage.as("builder-analyst").aggregator("leader");
    var job = leader.collect(clinics.task().id(), request);
    for (int i = 0; i < ATTEMPTS && job.answer().isEmpty(); i++) {
      Thread.sleep(PAUSE_MILLIS);
      job = leader.ask(job);
    }
    return job.answer().orElseThrow(() -> new IllegalStateException("the collection did not end"));
  }
}
