package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.Signed;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.job.ReportShare;
import dev.weir.dap.job.VerifyInit;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportMetadata;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemException;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The leader's first half: uploaded reports in, the beginning of their proofs out. */
final class KafkaAdmission implements Processor<byte[], byte[], byte[], byte[]> {
  private final LaneParts parts;
  private final LeaderVerifier verifier;
  private @Nullable KafkaLane lane;

  KafkaAdmission(LaneParts parts) {
    this.parts = parts;
    this.verifier = new LeaderVerifier(parts.opener());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    var opened = new KafkaLane(context);
    lane = opened;
    context.schedule(
        LaneParts.FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parts.forget(opened.book()));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = Objects.requireNonNull(lane);
    if (record.key() == null || record.value() == null) {
      at.bury(record, "malformed");
      return;
    }
    LaneKey key;
    Carried<Report> carried;
    try {
      key = LaneKey.of(record.key());
      carried = Carried.read(record.value(), Report::read);
    } catch (ProblemException malformed) {
      at.bury(record, "malformed");
      return;
    }
    var task = parts.tasks().find(key.task());
    if (task.isEmpty()) {
      at.bury(record, "unknown-task");
      return;
    }
    switch (carried) {
      case Carried.Marked<Report>(Marker marker) -> {
        at.book().admit(task.get().id(), marker);
        at.send(KafkaLane.PEER, record, Carried.marker(marker));
      }
      case Carried.Item<Report>(Report report) -> {
        if (!key.equals(new LaneKey.OfReport(task.get().id(), report.metadata().id()))) {
          at.bury(record, "wrong-key");
          return;
        }
        admit(at, record, task.get(), report);
      }
    }
  }

  private void admit(
      KafkaLane at, Record<byte[], byte[]> record, AggregationTask task, Report report) {
    switch (parts.rules().check(task, report.metadata(), at.book().lane())) {
      case Signed.Refused(Reason reason) -> refuse(at, task, reason);
      case Signed.By(ContributorId contributor) -> {
        var bucket = at.book().bucketFor(task, report.metadata().time());
        if (bucket.isEmpty()) {
          at.bury(record, "no-batch");
          return;
        }
        start(at, record, task, report, contributor, bucket.get());
      }
    }
  }

  private void start(
      KafkaLane at,
      Record<byte[], byte[]> record,
      AggregationTask task,
      Report report,
      ContributorId contributor,
      Bytes bucket) {
    ReportMetadata metadata = report.metadata();
    var refusal = at.book().refusal(task, metadata.id(), bucket, contributor);
    if (refusal.isPresent()) {
      refuse(at, task, refusal.get());
      return;
    }
    switch (verifier.start(task, report)) {
      case LeaderVerifier.Start.Refused(Reason reason) -> refuse(at, task, reason);
      case LeaderVerifier.Start.Started(Bytes payload, Bytes expected, Bytes output) -> {
        at.book().mark(task, metadata.id(), metadata.time());
        at.book()
            .keep(
                task,
                metadata.id(),
                new Pending(metadata.time(), bucket, contributor, expected, output));
        at.send(KafkaLane.PEER, record, Carried.item(request(task, report, bucket, payload)));
      }
    }
  }

  private void refuse(KafkaLane at, AggregationTask task, Reason reason) {
    at.book().tally(task.id(), reason);
    parts.figures().refused(reason);
  }

  private static AggregationJobInitReq request(
      AggregationTask task, Report report, Bytes bucket, Bytes payload) {
    var share = new ReportShare(report.metadata(), report.publicShare(), report.helper());
    return new AggregationJobInitReq(
        0,
        Bytes.EMPTY,
        task.isByInterval() ? List.of() : List.of(AggregationJobInitReq.batch(new BatchId(bucket))),
        List.of(new VerifyInit(share, payload)));
  }
}
