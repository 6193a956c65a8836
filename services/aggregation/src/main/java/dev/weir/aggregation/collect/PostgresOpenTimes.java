package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.upload.OpenTimes;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Whether a task is open, and its intervals that are collected or being collected, as the database
 * has them, at most a second old. Thread-safe.
 */
public final class PostgresOpenTimes implements OpenTimes {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final Database database;
  private final TaskOpening opening;
  private final LongSupplier nanos;
  private final Map<TaskId, Known> known = new ConcurrentHashMap<>();

  private record Known(boolean open, List<Closed> closed, long at) {}

  /** An interval that takes nothing more, or nothing for now. */
  private record Closed(TimeInterval interval, boolean forGood) {}

  /**
   * @param nanos {@code System::nanoTime}
   */
  public PostgresOpenTimes(Database database, TaskOpening opening, LongSupplier nanos) {
    this.database = database;
    this.opening = opening;
    this.nanos = nanos;
  }

  @Override
  public Optional<Reason> refusal(AggregationTask task, long time) {
    var fresh =
        known.compute(
            task.id(),
            (id, before) ->
                before != null && nanos.getAsLong() - before.at < FRESH_NANOS
                    ? before
                    : read(task));
    if (!fresh.open) {
      return Optional.of(Reason.TOO_EARLY);
    }
    return fresh.closed.stream()
        .filter(closed -> closed.interval.contains(time))
        .findFirst()
        .map(closed -> closed.forGood ? Reason.BATCH_COLLECTED : Reason.TOO_EARLY);
  }

  private Known read(AggregationTask task) {
    long now = nanos.getAsLong();
    boolean open = opening.isOpen(task.id());
    if (!open) {
      opening.wanted(task.id());
    }
    return new Known(open, task.isByInterval() ? closed(task.id()) : List.of(), now);
  }

  private List<Closed> closed(TaskId task) {
    return database.asService(
        "collection.intervals",
        handle ->
            PostgresCollectionStore.standing(handle, task).stream()
                .filter(row -> row.state() != CollectionRow.State.COUNTING)
                .filter(row -> row.batch() instanceof BatchSelector.OfInterval)
                .map(row ->
                    new Closed(
                        ((BatchSelector.OfInterval) row.batch()).interval(),
                        row.state() == CollectionRow.State.DONE))
                .toList());
  }
}
