package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStart;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.sql.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The batches that the leader selects: a task's reports go into its open batch in the order in
 * which they come, until a collection takes it and the next one begins. Thread-safe.
 */
public final class LeaderBatches implements TaskStart {
  private final Database database;
  private final TaskStore store;
  private final TaskBook tasks;
  private final LaneMarkers markers;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile boolean told;

  public LeaderBatches(
      Database database,
      TaskStore store,
      TaskBook tasks,
      LaneMarkers markers,
      InstantSource clock,
      SecureRandom random) {
    this.database = database;
    this.store = store;
    this.tasks = tasks;
    this.markers = markers;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Once in a process's life, as soon as it succeeds: a task that was set up just before the last
   * process died has its first batch now.
   */
  public void step() {
    if (!told) {
      EachOne.step(store.all(), id -> tasks.find(id).ifPresent(this::started));
      told = true;
    }
  }

  @Override
  public void started(AggregationTask task) {
    if (task.isByInterval()) {
      return;
    }
    database.asService(
        "batch.begin",
        handle -> {
          PostgresCollectionStore.lockTask(handle, task.id());
          if (PostgresBatches.open(handle, task.id()).isEmpty()) {
            begin(handle, task.id());
          }
          return true;
        });
    tell(task);
  }

  /** The batch that the next collection of the task takes. */
  Optional<BatchId> next(Handle handle, TaskId task) {
    return PostgresBatches.next(handle, task);
  }

  /** Begins another batch if this one is open: reports that come from now on belong to that. */
  void close(Handle handle, TaskId task, BatchSelector batch) {
    if (batch instanceof BatchSelector.OfBatch(BatchId id)
        && PostgresBatches.open(handle, task).filter(id::equals).isPresent()) {
      begin(handle, task);
    }
  }

  /** Tells the lanes which batch is open, before any later marker. */
  void tell(AggregationTask task) {
    database
        .asService("batch.open", handle -> PostgresBatches.open(handle, task.id()))
        .ifPresent(batch ->
            markers.send(
                task,
                new Marker(name(batch), Marker.Kind.BEGIN, new BatchSelector.OfBatch(batch))));
  }

  private void begin(Handle handle, TaskId task) {
    PostgresBatches.begin(handle, task, BatchId.random(random), clock.instant());
  }

  /** As long as a collection's. */
  private static Bytes name(BatchId batch) {
    return WireReader.whole(
        batch.bytes(),
        in -> {
          Bytes name = in.raw(Marker.COLLECTION_LENGTH);
          in.raw(BatchId.LENGTH - Marker.COLLECTION_LENGTH);
          return name;
        });
  }
}
