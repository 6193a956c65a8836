package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Asked;
import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskProvisioning;
import dev.weir.dap.collection.AggregateShare;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The helper's desk for a foreign leader that asks for aggregate shares. Thread-safe. */
public final class ShareDesk {
  private final Database database;
  private final TaskProvisioning tasks;
  private final RefusalLeaves leaves;
  private final InstantSource clock;
  private final CollectionPace pace;

  ShareDesk(Database database, TaskProvisioning tasks, RefusalLeaves leaves, InstantSource clock) {
    this.database = database;
    this.tasks = tasks;
    this.leaves = leaves;
    this.clock = clock;
    this.pace = new CollectionPace(clock);
  }

  /** A request, and the share once there is one. */
  public record Asking(CollectionId id, Optional<AggregateShare> share) {}

  /**
   * Takes a request, or finds the one that an equal request made, and deleted: the batch is never
   * released under another, so this is the only way to its share. What fails at once leaves its
   * leaf and nothing else behind.
   *
   * @throws ProblemException with the error that DAP has for it
   */
  public Asking begin(Caller caller, TaskId id, AggregateShareReq request) {
    var task = own(caller, id);
    var begun = database.asService("share.begin", handle -> begun(handle, caller, task, request));
    raise(begun.refusal(), id);
    return asking(begun.row());
  }

  /**
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask known(TaskId id) {
    return tasks.known(id);
  }

  private record Begun(CollectionRow row, Optional<Failure> refusal) {}

  private Begun begun(
      Handle handle, Caller caller, AggregationTask task, AggregateShareReq request) {
    PostgresCollectionStore.lockTask(handle, task.id());
    var same = PostgresCollectionStore.same(handle, task.id(), request);
    if (same.isPresent()) {
      PostgresCollectionStore.resume(handle, same.get().id());
      return new Begun(same.get(), Optional.empty());
    }
    pace.begin(task.id());
    var made = row(caller, task.id(), request);
    var refusal =
        CollectionRules.refusal(
            task,
            request,
            PostgresCollectionStore.standing(handle, task.id()),
            made.id(),
            clock.instant());
    refusal.ifPresentOrElse(
        failure -> leaves.refused(handle, task, made, failure),
        () -> PostgresCollectionStore.insert(handle, made, clock.instant()));
    return new Begun(made, refusal);
  }

  /**
   * @throws ProblemException with the error that made it fail
   */
  public Asking read(Caller caller, TaskId task, CollectionId id) {
    own(caller, task);
    return asking(find(task, id));
  }

  /** Ends it unless its share is drawn; what was collected stays collected. */
  public void abandon(Caller caller, TaskId task, CollectionId id) {
    own(caller, task);
    find(task, id);
    database.asService(
        "share.abandon",
        handle -> {
          PostgresCollectionStore.abandon(handle, id);
          return true;
        });
  }

  private CollectionRow find(TaskId task, CollectionId id) {
    return database
        .asService("share.find", handle -> PostgresCollectionStore.find(handle, id))
        .filter(row -> row.task().equals(task) && row.overHttp())
        .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such share."));
  }

  private static Asking asking(CollectionRow row) {
    return switch (row.state()) {
      case COUNTING, CLOSING, CHARGING, ASKING, REOPENING -> new Asking(row.id(), Optional.empty());
      case DONE ->
          new Asking(
              row.id(),
              row.result()
                  .map(CollectionRow.Result::share)
                  .map(sealed ->
                      new AggregateShare(WireReader.whole(sealed, HpkeCiphertext::read))));
      case FAILED -> {
        raise(row.failure(), row.task());
        throw new IllegalStateException("what failed says why");
      }
    };
  }

  private static CollectionRow row(Caller caller, TaskId task, AggregateShareReq request) {
    return new CollectionRow(
        CollectionId.random(),
        task,
        request.collection(),
        request.selector(),
        caller.subject(),
        true,
        Optional.of(new Asked(request.reports(), request.checksum())),
        State.ASKING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /**
   * The task; another's answers like an unknown one.
   *
   * @throws ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask own(Caller caller, TaskId id) {
    var task = tasks.known(id);
    if (!task.terms().leader().equals(caller.party())) {
      raise(
          Optional.of(
              new Failure(ProblemType.DAP_UNRECOGNIZED_TASK, "The task is not known here.")),
          id);
    }
    return task;
  }

  private static void raise(Optional<Failure> failure, TaskId task) {
    if (failure.isPresent()) {
      throw new ProblemException(
          failure.get().problem(), failure.get().detail(), Map.of("taskid", task.toString()));
    }
  }
}
