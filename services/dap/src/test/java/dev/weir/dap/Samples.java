package dev.weir.dap;

import dev.weir.dap.collection.AggregateShare;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.hpke.HpkeConfigList;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.job.AggregationJobContinueReq;
import dev.weir.dap.job.AggregationJobContinueReq.VerifyContinue;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.AggregationJobResp;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.job.VerifyResp;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.PlaintextInputShare;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadRequest;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireReader;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One random message of every kind, with its decoder. */
final class Samples {
  private final RandomGenerator random;

  Samples(RandomGenerator random) {
    this.random = random;
  }

  record Sample(WireMessage message, Function<WireReader, ? extends WireMessage> decoder) {}

  Stream<Sample> all() {
    return Stream.of(
        new Sample(configList(), HpkeConfigList::read),
        new Sample(ciphertext(), HpkeCiphertext::read),
        new Sample(new UploadRequest(List.of(report(), report())), UploadRequest::read),
        new Sample(report(), Report::read),
        new Sample(new PlaintextInputShare(extensions(), bytes(1, 40)), PlaintextInputShare::read),
        new Sample(uploadErrors(), UploadErrors::read),
        new Sample(initRequest(), AggregationJobInitReq::read),
        new Sample(jobResponse(), AggregationJobResp::read),
        new Sample(continueRequest(), AggregationJobContinueReq::read),
        new Sample(collectionRequest(), CollectionJobReq::read),
        new Sample(
            new CollectionJobResp(random.nextLong(), interval(), ciphertext(), ciphertext()),
            CollectionJobResp::read),
        new Sample(shareRequest(), AggregateShareReq::read),
        new Sample(new AggregateShare(ciphertext()), AggregateShare::read),
        new Sample(configuration(), TaskConfiguration::read));
  }

  Report report() {
    return new Report(metadata(), bytes(0, 64), ciphertext(), ciphertext());
  }

  ReportMetadata metadata() {
    return new ReportMetadata(reportId(), random.nextLong(), extensions());
  }

  HpkeCiphertext ciphertext() {
    return new HpkeCiphertext(random.nextInt(256), bytes(1, 32), bytes(1, 80));
  }

  Bytes bytes(int least, int most) {
    byte[] content = new byte[random.nextInt(least, most + 1)];
    random.nextBytes(content);
    return Bytes.owning(content);
  }

  private HpkeConfigList configList() {
    return new HpkeConfigList(
        List.of(HpkeConfig.mandatory(7, bytes(32, 32)), new HpkeConfig(9, 1, 2, 3, bytes(1, 65))));
  }

  private UploadErrors uploadErrors() {
    return new UploadErrors(
        Stream.of(ReportError.values())
            .map(error -> UploadErrors.Failure.of(reportId(), error))
            .toList());
  }

  private AggregationJobInitReq initRequest() {
    var share = new ReportShare(metadata(), bytes(0, 64), ciphertext());
    var batch = new BatchId(bytes(32, 32));
    return new AggregationJobInitReq(
        random.nextInt(256),
        bytes(0, 9),
        List.of(AggregationJobInitReq.batch(batch)),
        List.of(new VerifyInit(share, bytes(1, 50))));
  }

  private AggregationJobResp jobResponse() {
    return new AggregationJobResp(
        List.of(
            new VerifyResp.Continue(reportId(), bytes(1, 40)),
            new VerifyResp.Finish(reportId()),
            VerifyResp.Reject.of(reportId(), ReportError.VDAF_VERIFY_ERROR),
            new VerifyResp.Reject(reportId(), 250)));
  }

  private AggregationJobContinueReq continueRequest() {
    return new AggregationJobContinueReq(
        random.nextInt(65_536), List.of(new VerifyContinue(reportId(), bytes(1, 20))));
  }

  private CollectionJobReq collectionRequest() {
    Query query = random.nextBoolean() ? new Query.NextBatch() : new Query.OfInterval(interval());
    return new CollectionJobReq(query, bytes(0, 4), extensions());
  }

  private AggregateShareReq shareRequest() {
    BatchSelector selector =
        random.nextBoolean()
            ? new BatchSelector.OfBatch(new BatchId(bytes(32, 32)))
            : new BatchSelector.OfInterval(interval());
    return new AggregateShareReq(collectionRequest(), selector, random.nextLong(), bytes(32, 32));
  }

  private TaskConfiguration configuration() {
    List<VdafConfiguration> vdafs =
        List.of(
            new VdafConfiguration.Count(),
            new VdafConfiguration.Sum(255),
            new VdafConfiguration.SumVec(10, 255, 9),
            new VdafConfiguration.Histogram(4, 2),
            new VdafConfiguration.MultihotCountVec(4, 2, 2));
    return new TaskConfiguration(
        bytes(1, 255),
        "https://leader.example/",
        "https://helper.example/base",
        3600,
        100,
        BatchMode.values()[random.nextInt(2)],
        Bytes.EMPTY,
        vdafs.get(random.nextInt(vdafs.size())),
        List.of(TaskConfiguration.interval(interval())));
  }

  private List<Extension> extensions() {
    return Stream.generate(() -> new Extension(random.nextInt(1, 65_536), bytes(0, 12)))
        .limit(random.nextInt(3))
        .toList();
  }

  private TimeInterval interval() {
    return new TimeInterval(random.nextLong(), random.nextLong());
  }

  private ReportId reportId() {
    return new ReportId(bytes(16, 16));
  }
}
