package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Drives the leader's collections: count, close, draw, charge, ask the helper. The leader has
 * charged before it asks. Every step is a transaction; what is sent goes out after it and again
 * until it is answered. One that its collector abandons ends here and its batch opens again, unless
 * the helper was asked: the answer is waited for then, and the batch stays collected. Thread-safe.
 */
public final class LeaderDriver {
  private static final Duration AGAIN = Duration.ofSeconds(3);
  private static final Failure ABANDONED =
      new Failure(ProblemType.WRONG_STATE, "The collector has abandoned the collection.");
  private static final Runnable NOTHING = () -> {};

  private final DeskParts parts;
  private final LaneMarkers markers;
  private final LeaderBatches batches;

  LeaderDriver(DeskParts parts, LaneMarkers markers, LeaderBatches batches) {
    this.parts = parts;
    this.markers = markers;
    this.batches = batches;
  }

  /** One step of every collection under way; the helper hears of what was refused. */
  public void step() {
    tell();
    EachOne.step(
        parts.database().asService("collection.active", PostgresCollectionStore::active),
        this::advance);
  }

  private void tell() {
    var database = parts.database();
    for (var one : database.asService("collection.untold", PostgresLeaderRefusals::untold)) {
      parts.peer().tell(one.about(), one.refusal());
      database.asService(
          "collection.told",
          handle -> {
            PostgresLeaderRefusals.told(handle, one.about().collection());
            return true;
          });
    }
  }

  private void advance(CollectionId id) {
    run(
        parts
            .database()
            .asService(
                "collection.advance",
                handle ->
                    PostgresCollectionStore.lock(handle, id)
                        .flatMap(row ->
                            parts.tasks().find(row.task()).map(task -> advance(handle, task, row)))
                        .orElse(NOTHING)));
  }

  /** What was to be sent once its transaction had committed. */
  @SuppressWarnings("ReferenceEquality") // this very one stands for nothing to send
  private void run(Runnable send) {
    if (send != NOTHING) {
      parts.probe().reach(ReleasePoint.COMMITTED);
      send.run();
      parts.probe().reach(ReleasePoint.SENT);
    }
  }

  /**
   * @return what to send once this has committed
   */
  private Runnable advance(Handle handle, AggregationTask task, CollectionRow row) {
    return row.abandoned() ? stop(handle, task, row) : goOn(handle, task, row);
  }

  /** Nothing new begins for a collection that was abandoned. */
  private Runnable stop(Handle handle, AggregationTask task, CollectionRow row) {
    boolean sent = row.sentAt().isPresent();
    return switch (row.state()) {
      case COUNTING -> {
        fail(handle, task, row, ABANDONED);
        yield NOTHING;
      }
      case CLOSING -> failClosed(handle, task, row, ABANDONED);
      case CHARGING -> {
        if (!sent) { // no ledger has heard of what was drawn
          closed(handle, task, row)
              .ifPresent(batch -> parts.release().forget(handle, task, row, batch));
        }
        yield failClosed(handle, task, row, ABANDONED);
      }
      case ASKING -> sent ? ask(handle, row) : failClosed(handle, task, row, ABANDONED);
      case REOPENING, DONE, FAILED -> goOn(handle, task, row);
    };
  }

  private Runnable goOn(Handle handle, AggregationTask task, CollectionRow row) {
    return switch (row.state()) {
      case COUNTING -> count(handle, task, row);
      case CLOSING -> close(handle, task, row);
      case CHARGING -> again(handle, row, () -> charge(task, row));
      case ASKING -> ask(handle, row);
      case REOPENING -> () -> reopen(task, row);
      case DONE, FAILED -> NOTHING;
    };
  }

  private Runnable count(Handle handle, AggregationTask task, CollectionRow row) {
    var batch =
        BatchSum.of(task, PostgresCollectionStore.laneShares(handle, row, Marker.Kind.COUNT));
    if (batch.isEmpty()) {
      return again(handle, row, () -> mark(task, row, Marker.Kind.COUNT));
    }
    var refusal = batch.get().refusal(task);
    if (refusal.isPresent()) {
      fail(handle, task, row, refusal.get());
      return NOTHING;
    }
    batches.close(handle, row.task(), row.batch());
    PostgresCollectionStore.enter(handle, row.id(), State.CLOSING);
    return NOTHING;
  }

  private Runnable close(Handle handle, AggregationTask task, CollectionRow row) {
    var batch = closed(handle, task, row);
    if (batch.isEmpty()) {
      return again(handle, row, () -> closing(task, row));
    }
    var refusal = batch.get().refusal(task);
    if (refusal.isPresent()) {
      return failClosed(handle, task, row, refusal.get());
    }
    var refused = parts.release().draw(handle, task, row, batch.get());
    if (refused.isPresent()) {
      return failClosed(handle, task, row, refused.get());
    }
    PostgresCollectionStore.enter(handle, row.id(), State.CHARGING);
    return NOTHING;
  }

  /** What comes after a closed batch has its own before: no report is refused for coming late. */
  private void closing(AggregationTask task, CollectionRow row) {
    if (!task.isByInterval()) {
      batches.tell(task);
    }
    mark(task, row, Marker.Kind.CLOSE);
  }

  /** Between two transactions: the ledger is another system, and asking it again does no harm. */
  private void charge(AggregationTask task, CollectionRow row) {
    var database = parts.database();
    database
        .asService("collection.charge", handle -> closed(handle, task, row))
        .ifPresent(batch -> charge(task, row, batch)); // else another instance has ended it
  }

  private void charge(AggregationTask task, CollectionRow row, BatchSum batch) {
    var database = parts.database();
    var refused = parts.release().charge(task, row, batch);
    run(
        database.asService(
            "collection.charged",
            handle ->
                PostgresCollectionStore.lock(handle, row.id())
                    .filter(now -> now.state() == State.CHARGING)
                    .map(now -> charged(handle, task, now, batch, refused))
                    .orElse(NOTHING)));
  }

  private Runnable charged(
      Handle handle,
      AggregationTask task,
      CollectionRow row,
      BatchSum batch,
      Optional<Failure> refused) {
    if (refused.isPresent()) {
      parts.release().forget(handle, task, row, batch);
      return failClosed(handle, task, row, refused.get());
    }
    return switch (parts.release().release(handle, task, row, batch)) {
      case ShareRelease.Outcome.Refused(Failure failure) -> failClosed(handle, task, row, failure);
      case ShareRelease.Outcome.Released released -> {
        PostgresCollectionStore.enter(handle, row.id(), State.ASKING);
        yield NOTHING;
      }
    };
  }

  private static Optional<BatchSum> closed(Handle handle, AggregationTask task, CollectionRow row) {
    return BatchSum.of(task, PostgresCollectionStore.laneShares(handle, row, Marker.Kind.CLOSE));
  }

  private Runnable ask(Handle handle, CollectionRow row) {
    return again(
        handle,
        row,
        () ->
            parts
                .database()
                .asService(
                    "collection.ask",
                    read -> parts.tasks().find(row.task()).flatMap(task -> closed(read, task, row)))
                .ifPresent(sum ->
                    parts
                        .peer()
                        .ask(
                            row.task(),
                            row.id(),
                            new AggregateShareReq(
                                row.request(),
                                row.batch(),
                                sum.sum().reports(),
                                sum.sum().checksum()))));
  }

  /** Takes the helper's answer; one that comes again, or was not asked for, changes nothing. */
  public void answered(byte[] key, byte[] value) {
    var about = ShareKey.of(key);
    var answer = ShareAnswer.of(value);
    run(
        parts
            .database()
            .asService(
                "collection.answered",
                handle ->
                    PostgresCollectionStore.await(handle, about.collection())
                        .filter(
                            row -> row.state() == State.ASKING && row.task().equals(about.task()))
                        .flatMap(row ->
                            parts
                                .tasks()
                                .find(row.task())
                                .map(task -> end(handle, task, row, answer)))
                        .orElse(NOTHING)));
  }

  private Runnable end(Handle handle, AggregationTask task, CollectionRow row, ShareAnswer answer) {
    return switch (answer) {
      case ShareAnswer.Refusal(ProblemType problem) ->
          failClosed(handle, task, row, new Failure(problem, "The helper refuses the batch."));
      case ShareAnswer.Share(var share) -> {
        PostgresCollectionStore.done(
            handle, row.id(), Optional.of(share.encoded()), parts.clock().instant());
        yield NOTHING;
      }
    };
  }

  private void fail(Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    PostgresCollectionStore.fail(handle, row.id(), failure, parts.clock().instant());
    parts.leaf(handle, task, row, failure);
  }

  /** The batch was closed for this collection: it opens again before the collector is told. */
  private Runnable failClosed(
      Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    fail(handle, task, row, failure);
    PostgresCollectionStore.enter(handle, row.id(), State.REOPENING);
    return NOTHING;
  }

  /** A marker that is sent again finds the batch open; one that is lost would keep it closed. */
  private void reopen(AggregationTask task, CollectionRow row) {
    mark(task, row, Marker.Kind.REOPEN);
    parts
        .database()
        .asService(
            "collection.reopened",
            handle -> {
              PostgresCollectionStore.enter(handle, row.id(), State.FAILED);
              return true;
            });
  }

  private void mark(AggregationTask task, CollectionRow row, Marker.Kind kind) {
    Bytes name = row.id().bytes();
    markers.send(task, new Marker(name, kind, row.batch()));
  }

  private Runnable again(Handle handle, CollectionRow row, Runnable send) {
    var now = parts.clock().instant();
    if (row.sentAt().filter(sent -> isRecent(sent, now)).isPresent()) {
      return NOTHING;
    }
    PostgresCollectionStore.sent(handle, row.id(), now);
    return send;
  }

  /** False also for a time to come: the clock was put back, and nothing may wait for it. */
  private static boolean isRecent(Instant sent, Instant now) {
    return !sent.isAfter(now) && sent.plus(AGAIN).isAfter(now);
  }
}
