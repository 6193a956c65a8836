package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.upload.ClosedTimes;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The intervals that were collected, as the database has them, at most a second old. Thread-safe.
 */
public final class CollectedTimes implements ClosedTimes {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final LongSupplier nanos;
  private final Map<TaskId, Known> known = new ConcurrentHashMap<>();

  private record Known(List<TimeInterval> intervals, long at) {}

  /**
   * @param nanos {@code System::nanoTime}
   */
  public CollectedTimes(Database database, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
  }

  @Override
  public boolean cover(AggregationTask task, long time) {
    if (!task.isByInterval()) {
      return false;
    }
    var fresh =
        known.compute(
            task.id(),
            (id, before) ->
                before != null && nanos.getAsLong() - before.at < FRESH_NANOS ? before : read(id));
    return fresh.intervals.stream().anyMatch(interval -> interval.contains(time));
  }

  private Known read(TaskId task) {
    long now = nanos.getAsLong();
    var intervals =
        database.asService(
            "collection.intervals",
            handle ->
                PostgresCollectionStore.collected(handle, task).stream()
                    .filter(BatchSelector.OfInterval.class::isInstance)
                    .map(batch -> ((BatchSelector.OfInterval) batch).interval())
                    .toList());
    return new Known(intervals, now);
  }
}
