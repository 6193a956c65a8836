package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Asked;
import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.collection.AggregateShare;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemType;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The helper's side of a collection. It decides for itself: its own lanes, its own count, its own
 * policy and ledger, its own noise. Thread-safe.
 */
public final class HelperDesk {
  private final DeskParts parts;

  HelperDesk(DeskParts parts) {
    this.parts = parts;
  }

  /** Takes a request, or repeats the answer to one that was decided on. */
  public void asked(byte[] key, byte[] value) {
    var about = ShareKey.of(key);
    var request = WireReader.whole(value, AggregateShareReq::read);
    var task = parts.tasks().find(about.task());
    if (task.isEmpty()) {
      parts.peer().answer(about, new ShareAnswer.Refusal(ProblemType.DAP_UNRECOGNIZED_TASK));
      return;
    }
    Optional<ShareAnswer> answer =
        parts
            .database()
            .asService("collection.asked", handle -> taken(handle, task.get(), about, request));
    parts.probe().reach(ReleasePoint.COMMITTED);
    answer.ifPresent(told -> parts.peer().answer(about, told));
  }

  private Optional<ShareAnswer> taken(
      Handle handle, AggregationTask task, ShareKey about, AggregateShareReq request) {
    PostgresCollectionStore.lockTask(handle, task.id());
    var known = PostgresCollectionStore.find(handle, about.collection());
    if (known.isPresent()) {
      return answer(known.get());
    }
    var row = row(task, about, request);
    PostgresCollectionStore.insert(handle, row, parts.clock().instant());
    return CollectionRules.refusal(
            task, request, PostgresCollectionStore.standing(handle, task.id()), about.collection())
        .map(failure -> {
          fail(handle, task, row, failure);
          return new ShareAnswer.Refusal(failure.problem());
        });
  }

  private static CollectionRow row(
      AggregationTask task, ShareKey about, AggregateShareReq request) {
    return new CollectionRow(
        about.collection(),
        task.id(),
        request.collection(),
        request.selector(),
        "leader",
        Optional.of(new Asked(request.reports(), request.checksum())),
        State.ASKING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** One step of every collection whose lanes have told. */
  public void step() {
    for (CollectionId id :
        parts.database().asService("collection.active", PostgresCollectionStore::active)) {
      step(id);
    }
  }

  private void step(CollectionId id) {
    var told =
        parts
            .database()
            .asService(
                "collection.decide",
                handle ->
                    PostgresCollectionStore.lock(handle, id)
                        .filter(row -> row.state() == State.ASKING)
                        .flatMap(row ->
                            parts
                                .tasks()
                                .find(row.task())
                                .flatMap(task -> decide(handle, task, row))));
    if (told.isPresent()) {
      parts.probe().reach(ReleasePoint.COMMITTED);
      parts.peer().answer(told.get().about, told.get().answer);
      parts.probe().reach(ReleasePoint.SENT);
    }
  }

  private Optional<Told> decide(Handle handle, AggregationTask task, CollectionRow row) {
    return BatchSum.of(
            task, PostgresCollectionStore.laneShares(handle, row.id(), Marker.Kind.CLOSE))
        .map(batch ->
            new Told(new ShareKey(row.task(), row.id()), decide(handle, task, row, batch)));
  }

  private record Told(ShareKey about, ShareAnswer answer) {}

  private ShareAnswer decide(
      Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
    var refusal = batch.refusal(task).or(() -> mismatch(row, batch));
    if (refusal.isPresent()) {
      return refuse(handle, task, row, refusal.get());
    }
    return switch (parts.release().release(handle, task, row, batch)) {
      case ShareRelease.Outcome.Refused(Failure failure) -> refuse(handle, task, row, failure);
      case ShareRelease.Outcome.Released(var result) -> {
        PostgresCollectionStore.done(handle, row.id(), Optional.empty(), parts.clock().instant());
        yield share(result);
      }
    };
  }

  private static Optional<Failure> mismatch(CollectionRow row, BatchSum batch) {
    boolean same =
        row.asked()
            .filter(asked ->
                asked.reports() == batch.sum().reports()
                    && asked.checksum().equals(batch.sum().checksum()))
            .isPresent();
    return same
        ? Optional.empty()
        : Optional.of(
            new Failure(
                ProblemType.DAP_BATCH_MISMATCH,
                "Leader and helper have not counted the same reports."));
  }

  private ShareAnswer refuse(
      Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    fail(handle, task, row, failure);
    return new ShareAnswer.Refusal(failure.problem());
  }

  private void fail(Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    PostgresCollectionStore.fail(handle, row.id(), failure, parts.clock().instant());
    parts.leaf(handle, task, row, failure);
  }

  private static Optional<ShareAnswer> answer(CollectionRow row) {
    return switch (row.state()) {
      case COUNTING, CLOSING, ASKING, REOPENING -> Optional.empty();
      case DONE -> row.result().map(HelperDesk::share);
      case FAILED -> row.failure().map(failure -> new ShareAnswer.Refusal(failure.problem()));
    };
  }

  private static ShareAnswer share(CollectionRow.Result result) {
    var sealed = WireReader.whole(result.share(), HpkeCiphertext::read);
    return new ShareAnswer.Share(new AggregateShare(sealed));
  }
}
