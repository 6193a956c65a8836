package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.CollectionRow.State;
import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Drives the leader's collections: count, close, charge and draw, ask the helper. The leader has
 * charged before it asks. Every step is a transaction; what is sent goes out after it and again
 * until it is answered. Thread-safe.
 */
public final class LeaderDriver {
  private static final Duration AGAIN = Duration.ofSeconds(3);

  private final Database database;
  private final TaskBook tasks;
  private final ShareRelease release;
  private final CollectionEvidence evidence;
  private final LaneMarkers markers;
  private final Peer peer;
  private final InstantSource clock;
  private final String bundle;

  LeaderDriver(
      Database database,
      TaskBook tasks,
      ShareRelease release,
      CollectionEvidence evidence,
      LaneMarkers markers,
      Peer peer,
      InstantSource clock,
      String bundle) {
    this.database = database;
    this.tasks = tasks;
    this.release = release;
    this.evidence = evidence;
    this.markers = markers;
    this.peer = peer;
    this.clock = clock;
    this.bundle = bundle;
  }

  /** One step of every collection under way. */
  public void step() {
    for (CollectionId id :
        database.asService("collection.active", PostgresCollectionStore::active)) {
      advance(id);
    }
  }

  private void advance(CollectionId id) {
    Runnable send =
        database.asService(
            "collection.advance",
            handle ->
                PostgresCollectionStore.lock(handle, id)
                    .flatMap(row -> tasks.find(row.task()).map(task -> advance(handle, task, row)))
                    .orElse(() -> {}));
    send.run();
  }

  /**
   * @return what to send once this has committed
   */
  private Runnable advance(Handle handle, AggregationTask task, CollectionRow row) {
    return switch (row.state()) {
      case COUNTING -> count(handle, task, row);
      case CLOSING -> close(handle, task, row);
      case ASKING -> ask(handle, row);
      case DONE, FAILED -> () -> {};
    };
  }

  private Runnable count(Handle handle, AggregationTask task, CollectionRow row) {
    var batch =
        BatchSum.of(task, PostgresCollectionStore.laneShares(handle, row.id(), Marker.Kind.COUNT));
    if (batch.isEmpty()) {
      return again(handle, row, () -> mark(task, row, Marker.Kind.COUNT));
    }
    var refusal = batch.get().refusal(task);
    if (refusal.isPresent()) {
      fail(handle, task, row, refusal.get());
      return () -> {};
    }
    PostgresCollectionStore.enter(handle, row.id(), State.CLOSING);
    return () -> {};
  }

  private Runnable close(Handle handle, AggregationTask task, CollectionRow row) {
    var batch =
        BatchSum.of(task, PostgresCollectionStore.laneShares(handle, row.id(), Marker.Kind.CLOSE));
    if (batch.isEmpty()) {
      return again(handle, row, () -> mark(task, row, Marker.Kind.CLOSE));
    }
    var refusal = batch.get().refusal(task);
    if (refusal.isPresent()) {
      return failClosed(handle, task, row, refusal.get());
    }
    return switch (release.release(handle, task, row, batch.get())) {
      case ShareRelease.Outcome.Refused(Failure failure) -> failClosed(handle, task, row, failure);
      case ShareRelease.Outcome.Released released -> {
        PostgresCollectionStore.enter(handle, row.id(), State.ASKING);
        yield () -> {};
      }
    };
  }

  private Runnable ask(Handle handle, CollectionRow row) {
    return again(
        handle,
        row,
        () -> {
          var batch =
              database.asService(
                  "collection.ask",
                  read ->
                      tasks
                          .find(row.task())
                          .flatMap(task ->
                              BatchSum.of(
                                  task,
                                  PostgresCollectionStore.laneShares(
                                      read, row.id(), Marker.Kind.CLOSE))));
          batch.ifPresent(sum ->
              peer.ask(
                  row.task(),
                  row.id(),
                  new AggregateShareReq(
                      row.request(), row.batch(), sum.sum().reports(), sum.sum().checksum())));
        });
  }

  /** Takes the helper's answer; one that comes again, or was not asked for, changes nothing. */
  public void answered(byte[] key, byte[] value) {
    var about = ShareKey.of(key);
    var answer = ShareAnswer.of(value);
    Runnable send =
        database.asService(
            "collection.answered",
            handle ->
                PostgresCollectionStore.find(handle, about.collection())
                    .filter(row -> row.state() == State.ASKING && row.task().equals(about.task()))
                    .flatMap(
                        row -> tasks.find(row.task()).map(task -> end(handle, task, row, answer)))
                    .orElse(() -> {}));
    send.run();
  }

  private Runnable end(Handle handle, AggregationTask task, CollectionRow row, ShareAnswer answer) {
    return switch (answer) {
      case ShareAnswer.Refusal(ProblemType problem) ->
          failClosed(handle, task, row, new Failure(problem, "The helper refuses the batch."));
      case ShareAnswer.Share(var share) -> {
        PostgresCollectionStore.done(
            handle, row.id(), Optional.of(share.encoded()), clock.instant());
        yield () -> {};
      }
    };
  }

  private void fail(Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    PostgresCollectionStore.fail(handle, row.id(), failure, clock.instant());
    evidence.refused(handle, task, row, failure, bundle, clock.instant());
  }

  /** The batch was closed for this collection: it opens again. */
  private Runnable failClosed(
      Handle handle, AggregationTask task, CollectionRow row, Failure failure) {
    fail(handle, task, row, failure);
    return () -> mark(task, row, Marker.Kind.REOPEN);
  }

  private void mark(AggregationTask task, CollectionRow row, Marker.Kind kind) {
    Bytes name = row.id().bytes();
    markers.send(task, new Marker(name, kind, row.batch()));
  }

  private Runnable again(Handle handle, CollectionRow row, Runnable send) {
    var now = clock.instant();
    if (row.sentAt().isPresent() && row.sentAt().get().plus(AGAIN).isAfter(now)) {
      return () -> {};
    }
    PostgresCollectionStore.sent(handle, row.id(), now);
    return send;
  }
}
