package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStart;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A task takes reports once the helper's lanes have it, too: a report that comes before would be
 * taken here, and counted by nobody. A marker that counts an empty batch goes through all lanes,
 * behind the beginning of the first batch; where it has come back from every lane the task is open,
 * for good. Thread-safe.
 */
public final class TaskOpening implements TaskStart {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration PASS_EVERY = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration SELDOM = Duration.ofMinutes(1);

  /** Of no collection, and of a batch that holds nothing. */
  private static final Bytes NAME = Bytes.owning(new byte[Marker.COLLECTION_LENGTH]);

  private static final BatchSelector NO_HOUR = new BatchSelector.OfInterval(new TimeInterval(0, 1));
  private static final BatchSelector NO_BATCH =
      new BatchSelector.OfBatch(new BatchId(Bytes.owning(new byte[BatchId.LENGTH])));

  private final Database database;
  private final TaskBook tasks;
  private final LaneMarkers markers;
  private final LeaderBatches batches;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Set<TaskId> open = ConcurrentHashMap.newKeySet();
  private final Map<TaskId, Asked> asked = new ConcurrentHashMap<>();
  private long nextPass = Long.MIN_VALUE;

  /** When a task's lanes were asked last, and how long they have for it. */
  private record Asked(long at, Duration patience) {}

  /**
   * @param nanos {@code System::nanoTime}
   */
  public TaskOpening(
      Database database,
      TaskBook tasks,
      LaneMarkers markers,
      LeaderBatches batches,
      InstantSource clock,
      LongSupplier nanos) {
    this.database = database;
    this.tasks = tasks;
    this.markers = markers;
    this.batches = batches;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Returns when the task is open, or after three seconds: the helper may not have it yet. */
  @Override
  public void started(AggregationTask task) {
    batches.started(task);
    if (isOpen(task.id())) {
      return;
    }
    ask(task);
    long began = nanos.getAsLong();
    while (!opened(task) && nanos.getAsLong() - began < PATIENCE.toNanos()) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Asks for tasks that are not open yet, the more seldom the longer they are not. */
  public void step() {
    if (nanos.getAsLong() < nextPass) {
      return;
    }
    nextPass = nanos.getAsLong() + PASS_EVERY.toNanos();
    EachOne.step(
        database.asService("task.not-open", PostgresOpenTasks::waiting),
        id -> tasks.find(id).ifPresent(this::pass));
  }

  private void pass(AggregationTask task) {
    var last = asked.get(task.id());
    boolean isDue = last == null || nanos.getAsLong() - last.at >= last.patience.toNanos();
    if (task.isAlive(clock.instant()) && !opened(task) && isDue) {
      batches.started(task);
      ask(task);
    }
  }

  /** Somebody wants to upload. */
  void wanted(TaskId id) {
    asked.computeIfPresent(id, (task, last) -> new Asked(last.at, SOON));
  }

  public boolean isOpen(TaskId id) {
    if (open.contains(id)) {
      return true;
    }
    boolean isOpen =
        database.asService("task.is-open", handle -> PostgresOpenTasks.isOpen(handle, id));
    if (isOpen) {
      open.add(id);
    }
    return isOpen;
  }

  private void ask(AggregationTask task) {
    asked.merge(
        task.id(),
        new Asked(nanos.getAsLong(), SOON),
        (last, now) -> new Asked(now.at, longer(last.patience)));
    markers.send(
        task, new Marker(NAME, Marker.Kind.COUNT, task.isByInterval() ? NO_HOUR : NO_BATCH));
  }

  private static Duration longer(Duration patience) {
    var twice = patience.multipliedBy(2);
    return twice.compareTo(SELDOM) < 0 ? twice : SELDOM;
  }

  private boolean opened(AggregationTask task) {
    boolean isOpen =
        isOpen(task.id())
            || database.asService(
                "task.open",
                handle ->
                    PostgresOpenTasks.open(handle, task.id(), CollectionId.of(NAME), task.lanes()));
    if (isOpen) {
      open.add(task.id());
      asked.remove(task.id());
    }
    return isOpen;
  }
}
