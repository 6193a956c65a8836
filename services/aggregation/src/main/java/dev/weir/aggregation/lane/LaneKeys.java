package dev.weir.aggregation.lane;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.util.Arrays;

/** Keys that sort as their parts do. */
final class LaneKeys {
  private static final Bytes LAST_PARTY = filled(PartyId.LENGTH);
  private static final Bytes LAST_BUCKET = filled(BatchId.LENGTH);
  private static final Bytes LAST_REPORT = filled(ReportId.LENGTH);

  private LaneKeys() {}

  static Bytes report(TaskId task, ReportId id) {
    return new WireWriter().message(task).message(id).toBytes();
  }

  static Bytes mark(TaskId task, long time, ReportId id) {
    return new WireWriter().message(task).u64(time).message(id).toBytes();
  }

  /** Beyond every mark of the task before a time. */
  static Bytes marksBefore(TaskId task, long time) {
    return new WireWriter().message(task).u64(time - 1).raw(LAST_REPORT).toBytes();
  }

  static Bytes of(TaskId task) {
    return task.bytes();
  }

  static Bytes of(TaskId task, Bytes rest) {
    return new WireWriter().message(task).raw(rest).toBytes();
  }

  static Bytes of(TaskId task, Bytes bucket, PartyId party) {
    return new WireWriter().message(task).raw(bucket).message(party).toBytes();
  }

  static Bytes afterParties(TaskId task, Bytes bucket) {
    return new WireWriter().message(task).raw(bucket).raw(LAST_PARTY).toBytes();
  }

  /** Beyond every bucket of the task. */
  static Bytes afterBuckets(TaskId task) {
    return new WireWriter().message(task).raw(LAST_BUCKET).toBytes();
  }

  static Bytes tally(TaskId task, int reason) {
    return new WireWriter().message(task).u8(reason).toBytes();
  }

  static Bytes tally(TaskId task, Bytes bucket, int reason) {
    return new WireWriter().message(task).raw(bucket).u8(reason).toBytes();
  }

  static Bytes number(long value) {
    return new WireWriter().u64(value).toBytes();
  }

  /** The bucket of a time. */
  static Bytes bucket(long time) {
    return number(time);
  }

  static Bytes bucket(BatchId batch) {
    return batch.bytes();
  }

  static Bytes first(BatchSelector batch) {
    return switch (batch) {
      case BatchSelector.OfInterval(var interval) -> bucket(interval.start());
      case BatchSelector.OfBatch(BatchId id) -> bucket(id);
    };
  }

  static Bytes last(BatchSelector batch) {
    return switch (batch) {
      case BatchSelector.OfInterval(var interval) ->
          bucket(interval.start() + interval.duration() - 1);
      case BatchSelector.OfBatch(BatchId id) -> bucket(id);
    };
  }

  private static Bytes filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xff);
    return Bytes.owning(bytes);
  }
}
