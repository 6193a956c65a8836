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
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The helper's side of a collection. It decides for itself: its own lanes, its own count, its own
 * policy and ledger, its own noise. Thread-safe.
 */
public final class HelperDesk {
  private static final Duration AGAIN = Duration.ofSeconds(3);
  private static final Failure OTHER_BATCH =
      new Failure(
          ProblemType.DAP_BATCH_MISMATCH,
          "The leader closed another batch under the name of this collection.");
  private static final Failure ABANDONED =
      new Failure(ProblemType.WRONG_STATE, "The leader has abandoned the request.");

  private final DeskParts parts;
  private final LaneMarkers markers;
  private final CreditCode leader;

  HelperDesk(DeskParts parts, LaneMarkers markers, CreditCode leader) {
    this.parts = parts;
    this.markers = markers;
    this.leader = leader;
  }

  /**
   * Takes a request, or repeats the answer to one that was decided on; or writes down that the
   * leader refused. Tasks of other leaders are not known here: those come over HTTP.
   */
  public void asked(byte[] key, byte[] value) {
    var about = ShareKey.of(key);
    if (LeaderRefusal.is(value)) {
      refused(about, WireReader.whole(value, LeaderRefusal::read));
      return;
    }
    var request = WireReader.whole(value, AggregateShareReq::read);
    var task = known(about);
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

  /** Once; a collection that came this far has leaves of our own. */
  private void refused(ShareKey about, LeaderRefusal refusal) {
    known(about)
        .ifPresent(task ->
            change(
                "collection.refused",
                handle -> {
                  if (PostgresCollectionStore.any(handle, about.collection()).isEmpty()
                      && PostgresLeaderRefusals.keep(
                          handle, about, refusal, parts.clock().instant())) {
                    parts.leaderRefused(handle, task, row(task, about, refusal), refusal);
                  }
                }));
  }

  private Optional<AggregationTask> known(ShareKey about) {
    return parts.tasks().find(about.task()).filter(task -> task.terms().leader().equals(leader));
  }

  private Optional<ShareAnswer> taken(
      Handle handle, AggregationTask task, ShareKey about, AggregateShareReq request) {
    PostgresCollectionStore.lockTask(handle, task.id());
    var known = PostgresCollectionStore.any(handle, about.collection());
    if (known.isPresent()) {
      return known.get().task().equals(task.id())
          ? answer(known.get())
          : Optional.of(new ShareAnswer.Refusal(ProblemType.DAP_BATCH_MISMATCH));
    }
    var row = row(task, about, request);
    PostgresCollectionStore.insert(handle, row, parts.clock().instant());
    return CollectionRules.refusal(
            task,
            request,
            PostgresCollectionStore.standing(handle, task.id()),
            about.collection(),
            parts.clock().instant())
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
        false,
        Optional.of(new Asked(request.reports(), request.checksum())),
        State.ASKING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static CollectionRow row(AggregationTask task, ShareKey about, LeaderRefusal refusal) {
    return new CollectionRow(
        about.collection(),
        task.id(),
        refusal.request(),
        refusal.batch(),
        "leader",
        false,
        Optional.empty(),
        State.FAILED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** One step of every collection whose lanes have told. */
  public void step() {
    EachOne.step(
        parts.database().asService("collection.active", PostgresCollectionStore::active),
        this::step);
  }

  private void step(CollectionId id) {
    parts
        .database()
        .asService("collection.find", handle -> PostgresCollectionStore.lock(handle, id))
        .ifPresent(row -> parts.tasks().find(row.task()).ifPresent(task -> step(task, row)));
  }

  private void step(AggregationTask task, CollectionRow row) {
    if (row.state() == State.REOPENING) {
      reopen(task, row);
      return;
    }
    if (row.abandoned() && row.state() == State.ASKING) { // nothing is drawn yet
      inState(
          row,
          CollectionRow::abandoned, // it may have been asked for again meanwhile
          handle -> Optional.of(refuse(handle, task, row, ABANDONED)));
      return;
    }
    var batch = batch(task, row);
    Optional<ShareAnswer> answer =
        batch.isPresent() ? decide(task, row, batch.get()) : await(task, row);
    if (answer.isPresent() && !row.overHttp()) { // a foreign leader comes and asks
      parts.probe().reach(ReleasePoint.COMMITTED);
      parts.peer().answer(new ShareKey(row.task(), row.id()), answer.get());
      parts.probe().reach(ReleasePoint.SENT);
    }
  }

  private Optional<ShareAnswer> decide(AggregationTask task, CollectionRow row, BatchSum batch) {
    return switch (row.state()) {
      case ASKING -> draw(task, row, batch);
      case CHARGING -> charge(task, row, batch);
      case COUNTING, CLOSING, REOPENING, DONE, FAILED -> Optional.empty();
    };
  }

  /** Until all lanes have told; a leader that has them close something else is refused. */
  private Optional<ShareAnswer> await(AggregationTask task, CollectionRow row) {
    boolean other =
        parts
            .database()
            .asService(
                "collection.other", handle -> PostgresCollectionStore.closedAnother(handle, row));
    if (!other) {
      close(task, row);
      return Optional.empty();
    }
    return inState(row, handle -> Optional.of(refuse(handle, task, row, OTHER_BATCH)));
  }

  private Optional<BatchSum> batch(AggregationTask task, CollectionRow row) {
    return parts
        .database()
        .asService(
            "collection.batch",
            handle ->
                BatchSum.of(
                    task, PostgresCollectionStore.laneShares(handle, row, Marker.Kind.CLOSE)));
  }

  /** A foreign leader sends no markers through our lanes: we do. */
  private void close(AggregationTask task, CollectionRow row) {
    var now = parts.clock().instant();
    boolean recent =
        row.sentAt().filter(at -> !at.isAfter(now) && at.plus(AGAIN).isAfter(now)).isPresent();
    if (row.overHttp() && !recent) {
      mark(task, row, Marker.Kind.CLOSE);
      change("collection.closing", handle -> PostgresCollectionStore.sent(handle, row.id(), now));
    }
  }

  /** Before the foreign leader hears that we refuse. */
  private void reopen(AggregationTask task, CollectionRow row) {
    mark(task, row, Marker.Kind.REOPEN);
    change(
        "collection.reopened",
        handle -> PostgresCollectionStore.enter(handle, row.id(), State.FAILED));
  }

  private void mark(AggregationTask task, CollectionRow row, Marker.Kind kind) {
    markers.send(task, new Marker(row.id().bytes(), kind, row.batch()));
  }

  private void change(String name, Consumer<Handle> work) {
    parts
        .database()
        .asService(
            name,
            handle -> {
              work.accept(handle);
              return true;
            });
  }

  /** Draws, or refuses. */
  private Optional<ShareAnswer> draw(AggregationTask task, CollectionRow row, BatchSum batch) {
    return inState(
        row,
        handle -> {
          var refusal =
              batch
                  .refusal(task)
                  .or(() -> mismatch(row, batch))
                  .or(() -> parts.release().draw(handle, task, row, batch));
          if (refusal.isPresent()) {
            return Optional.of(refuse(handle, task, row, refusal.get()));
          }
          PostgresCollectionStore.enter(handle, row.id(), State.CHARGING);
          return Optional.empty();
        });
  }

  /** The leader has charged before it asked; if it has not, this charges. */
  private Optional<ShareAnswer> charge(AggregationTask task, CollectionRow row, BatchSum batch) {
    var refused = parts.release().charge(task, row, batch);
    return inState(
        row,
        handle -> {
          if (refused.isPresent()) {
            parts.release().forget(handle, task, row, batch);
            return Optional.of(refuse(handle, task, row, refused.get()));
          }
          return Optional.of(released(handle, task, row, batch));
        });
  }

  private Optional<ShareAnswer> inState(
      CollectionRow row, Function<Handle, Optional<ShareAnswer>> work) {
    return inState(row, now -> true, work);
  }

  /** Nothing when another instance was faster. */
  private Optional<ShareAnswer> inState(
      CollectionRow row,
      Predicate<CollectionRow> still,
      Function<Handle, Optional<ShareAnswer>> work) {
    return parts
        .database()
        .asService(
            "collection.decide",
            handle ->
                PostgresCollectionStore.lock(handle, row.id())
                    .filter(now -> now.state() == row.state())
                    .filter(still)
                    .flatMap(now -> work.apply(handle)));
  }

  private ShareAnswer released(
      Handle handle, AggregationTask task, CollectionRow row, BatchSum batch) {
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
    if (row.overHttp()) {
      PostgresCollectionStore.enter(handle, row.id(), State.REOPENING);
    }
  }

  private static Optional<ShareAnswer> answer(CollectionRow row) {
    return switch (row.state()) {
      case COUNTING, CLOSING, CHARGING, ASKING, REOPENING -> Optional.empty();
      case DONE -> row.result().map(HelperDesk::share);
      case FAILED -> row.failure().map(failure -> new ShareAnswer.Refusal(failure.problem()));
    };
  }

  private static ShareAnswer share(CollectionRow.Result result) {
    var sealed = WireReader.whole(result.share(), HpkeCiphertext::read);
    return new ShareAnswer.Share(new AggregateShare(sealed));
  }
}
