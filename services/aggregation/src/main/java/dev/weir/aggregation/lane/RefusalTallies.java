package dev.weir.aggregation.lane;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many reports were refused, by reason: of the task, and of each of its batches. A report that
 * is refused for its time, or names a batch that nobody began, is counted with the task only: what
 * somebody makes up opens no row. Confined.
 */
final class RefusalTallies {
  private static final int LAST_REASON = 0xff;

  private final LaneStore store;

  RefusalTallies(LaneStore store) {
    this.store = store;
  }

  /**
   * @param bucket where the report would have been counted
   */
  void add(AggregationTask task, Optional<Bytes> bucket, Reason reason) {
    raise(LaneTable.TALLIES, LaneKeys.tally(task.id(), reason.ordinal()));
    bucket
        .filter(named -> task.isByInterval() ? !reason.isOfTime() : wasBegun(task.id(), named))
        .ifPresent(known ->
            raise(LaneTable.BATCH_TALLIES, LaneKeys.tally(task.id(), known, reason.ordinal())));
  }

  /** All of the task so far. */
  Map<Reason, Long> ofTask(TaskId task) {
    return sum(LaneTable.TALLIES, LaneKeys.tally(task, 0), LaneKeys.tally(task, LAST_REASON));
  }

  /** Those that would have been counted in the batch. */
  Map<Reason, Long> ofBatch(TaskId task, BatchSelector batch) {
    return sum(
        LaneTable.BATCH_TALLIES,
        LaneKeys.tally(task, LaneKeys.first(batch), 0),
        LaneKeys.tally(task, LaneKeys.last(batch), LAST_REASON));
  }

  /** By the leader's marker; by a report that counted, where a leader over HTTP sends none. */
  private boolean wasBegun(TaskId task, Bytes bucket) {
    var key = LaneKeys.of(task, bucket);
    return store.get(LaneTable.BEGUN, key).isPresent()
        || store.get(LaneTable.BUCKETS, key).isPresent();
  }

  private void raise(LaneTable table, Bytes key) {
    long before = store.get(table, key).map(RefusalTallies::number).orElse(0L);
    store.put(table, key, LaneKeys.number(before + 1));
  }

  /** The last byte of each key is its reason. */
  private Map<Reason, Long> sum(LaneTable table, Bytes from, Bytes to) {
    var tallies = new EnumMap<Reason, Long>(Reason.class);
    store.scan(
        table,
        from,
        to,
        entry -> {
          int reason = entry.key().toArray()[entry.key().length() - 1];
          tallies.merge(Reason.values()[reason], number(entry.value()), Long::sum);
          return true;
        });
    return tallies;
  }

  private static long number(Bytes value) {
    return WireReader.whole(value, WireReader::u64);
  }
}
