package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The leader's desk for the collector. Thread-safe. */
public final class CollectionDesk {
  private final Database database;
  private final TaskProvisioning tasks;
  private final LeaderBatches batches;
  private final RefusalLeaves leaves;
  private final InstantSource clock;
  private final CollectionPace pace;

  CollectionDesk(
      Database database,
      TaskProvisioning tasks,
      LeaderBatches batches,
      RefusalLeaves leaves,
      InstantSource clock) {
    this.database = database;
    this.tasks = tasks;
    this.batches = batches;
    this.leaves = leaves;
    this.clock = clock;
    this.pace = new CollectionPace(clock);
  }

  /** A collection, and its answer once there is one. */
  public record Job(CollectionId id, Optional<CollectionJobResp> answer) {}

  /**
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask known(TaskId id) {
    return tasks.known(id);
  }

  /**
   * The request, when it is one that the task can have.
   *
   * @throws ProblemException with the error that DAP has for it
   */
  CollectionJobReq checked(AggregationTask task, CollectionJobReq request) {
    raise(CollectionRules.refusal(task, request), task.id());
    return request;
  }

  /**
   * Begins a collection, or finds the one that an equal request began.
   *
   * @throws ProblemException with the error that DAP has for it
   */
  public Job begin(Caller caller, TaskId id, CollectionJobReq request) {
    var task = own(caller, id);
    checked(task, request);
    var begun =
        database.asService("collection.begin", handle -> begun(handle, caller, task, request));
    raise(begun.refusal(), id);
    return job(begun.row());
  }

  /** A refusal leaves a leaf and nothing else. */
  private record Begun(CollectionRow row, Optional<Failure> refusal) {}

  private Begun begun(
      Handle handle, Caller caller, AggregationTask task, CollectionJobReq request) {
    PostgresCollectionStore.lockTask(handle, task.id());
    var same = PostgresCollectionStore.same(handle, task.id(), request);
    if (same.isPresent()) {
      return new Begun(same.get(), Optional.empty());
    }
    pace.begin(task.id());
    var now = clock.instant();
    var made = row(caller, task.id(), request, batch(handle, task.id(), request.query()));
    var refusal =
        CollectionRules.notBegun(task, request, now)
            .or(() ->
                CollectionRules.overlap(
                    made.batch(), PostgresCollectionStore.standing(handle, task.id()), made.id()));
    refusal.ifPresentOrElse(
        failure -> leaves.refused(handle, task, made, failure),
        () -> PostgresCollectionStore.insert(handle, made, now));
    return new Begun(made, refusal);
  }

  /**
   * @throws ProblemException with the error that made it fail
   */
  public Job read(Caller caller, TaskId task, CollectionId id) {
    own(caller, task);
    return job(row(task, id));
  }

  /** Forgets the answer; what was collected stays collected. */
  public void abandon(Caller caller, TaskId task, CollectionId id) {
    own(caller, task);
    row(task, id);
    database.asService(
        "collection.abandon",
        handle -> {
          PostgresCollectionStore.abandon(handle, id);
          return true;
        });
  }

  private CollectionRow row(TaskId task, CollectionId id) {
    return database
        .asService("collection.find", handle -> PostgresCollectionStore.find(handle, id))
        .filter(row -> row.task().equals(task))
        .orElseThrow(
            () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such collection."));
  }

  /**
   * The task; another's answers like an unknown one.
   *
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask own(Caller caller, TaskId id) {
    var task = tasks.known(id);
    if (!task.terms().collector().equals(caller.party())) {
      throw new ProblemException(
          ProblemType.DAP_UNRECOGNIZED_TASK,
          "The task is not known here.",
          Map.of("taskid", id.toString()));
    }
    return task;
  }

  private static Job job(CollectionRow row) {
    return switch (row.state()) {
      case COUNTING, CLOSING, CHARGING, ASKING, REOPENING -> new Job(row.id(), Optional.empty());
      case DONE -> new Job(row.id(), answer(row));
      case FAILED -> {
        raise(row.failure(), row.task());
        throw new IllegalStateException("what failed says why");
      }
    };
  }

  private static Optional<CollectionJobResp> answer(CollectionRow row) {
    return row.result()
        .flatMap(own ->
            row.helperShare()
                .map(helper ->
                    new CollectionJobResp(
                        own.reports(),
                        TimeInterval.covering(own.first(), own.last()),
                        ciphertext(own.share()),
                        ciphertext(helper))));
  }

  private static HpkeCiphertext ciphertext(Bytes sealed) {
    return WireReader.whole(sealed, HpkeCiphertext::read);
  }

  private static CollectionRow row(
      Caller caller, TaskId task, CollectionJobReq request, BatchSelector batch) {
    return new CollectionRow(
        CollectionId.random(),
        task,
        request,
        batch,
        caller.subject(),
        false,
        Optional.empty(),
        State.COUNTING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private BatchSelector batch(Handle handle, TaskId task, Query query) {
    return switch (query) {
      case Query.OfInterval(TimeInterval interval) -> new BatchSelector.OfInterval(interval);
      case Query.NextBatch next ->
          batches
              .next(handle, task)
              .<BatchSelector>map(BatchSelector.OfBatch::new)
              .orElseThrow(() ->
                  new ProblemException(
                      ProblemType.DAP_INVALID_BATCH_SIZE,
                      "No batch is ready; collect again later.",
                      Map.of("taskid", task.toString())));
    };
  }

  private static void raise(Optional<Failure> failure, TaskId task) {
    if (failure.isPresent()) {
      throw new ProblemException(
          failure.get().problem(), failure.get().detail(), Map.of("taskid", task.toString()));
    }
  }
}
