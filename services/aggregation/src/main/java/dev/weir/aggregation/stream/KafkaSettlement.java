package dev.weir.aggregation.stream;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.LeaderVerifier;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.job.VerifyResp;
import dev.weir.kernel.ProblemException;
import dev.weir.privacy.vdaf.OutputShare;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The leader's second half: the helper's answers in, reports added up, batches told. */
final class KafkaSettlement implements Processor<byte[], byte[], byte[], byte[]> {
  private final LaneParts parts;
  private final LeaderVerifier verifier;
  private @Nullable KafkaLane lane;

  KafkaSettlement(LaneParts parts) {
    this.parts = parts;
    this.verifier = new LeaderVerifier(parts.opener());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    lane = new KafkaLane(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var at = Objects.requireNonNull(lane);
    if (record.key() == null || record.value() == null) {
      at.bury(record, "malformed");
      return;
    }
    LaneKey key;
    Carried<VerifyResp> carried;
    try {
      key = LaneKey.of(record.key());
      carried = Carried.read(record.value(), VerifyResp::read);
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
      case Carried.Marked<VerifyResp>(Marker marker) -> {
        if (marker.kind() == Marker.Kind.COUNT || marker.kind() == Marker.Kind.CLOSE) {
          at.send(KafkaLane.BATCHES, record, at.book().share(task.get(), marker).encoded());
        }
      }
      case Carried.Item<VerifyResp>(VerifyResp answer) -> {
        if (!key.equals(new LaneKey.OfReport(task.get().id(), answer.id()))) {
          at.bury(record, "wrong-key");
          return;
        }
        settle(at, record, task.get(), answer);
      }
    }
  }

  private void settle(
      KafkaLane at, Record<byte[], byte[]> record, AggregationTask task, VerifyResp answer) {
    var kept = at.book().take(task, answer.id());
    if (kept.isEmpty()) {
      at.bury(record, "not-asked");
      return;
    }
    Pending pending = kept.get();
    switch (verifier.end(task, pending, answer)) {
      case LeaderVerifier.End.Refused(Reason reason) -> refuse(at, task, reason);
      case LeaderVerifier.End.Counted(OutputShare share) -> {
        var late = at.book().lateRefusal(task, pending);
        if (late.isPresent()) {
          refuse(at, task, late.get());
          return;
        }
        at.book()
            .count(
                task, answer.id(), pending.time(), pending.bucket(), pending.contributor(), share);
        parts.figures().counted();
      }
    }
  }

  private void refuse(KafkaLane at, AggregationTask task, Reason reason) {
    at.book().tally(task.id(), reason);
    parts.figures().refused(reason);
  }
}
