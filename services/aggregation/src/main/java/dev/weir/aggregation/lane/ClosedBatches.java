package dev.weir.aggregation.lane;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.Optional;

/**
 * Which batches of a lane are closed. They never overlap; an interval is closed as a whole, its
 * empty buckets too. Confined.
 */
final class ClosedBatches {
  private final LaneStore store;

  ClosedBatches(LaneStore store) {
    this.store = store;
  }

  /** True when a report of this bucket comes too late to be admitted. */
  boolean covers(TaskId task, Bytes bucket) {
    return find(task, bucket).isPresent();
  }

  /** True when the share of this bucket has been told already. */
  boolean isSettled(TaskId task, Bytes bucket) {
    return find(task, bucket).filter(Closed::settled).isPresent();
  }

  /**
   * Notes that the share of a closed batch is being told. One that was opened again meanwhile stays
   * open: a marker that was sent twice comes back after the one that opened it.
   */
  void settle(TaskId task, Bytes collection, BatchSelector batch) {
    var key = LaneKeys.of(task, LaneKeys.first(batch));
    if (closedFor(key, collection)) {
      store.put(LaneTable.CLOSED, key, new Closed(collection, batch, true).encoded());
    }
  }

  private boolean closedFor(Bytes key, Bytes collection) {
    return store
        .get(LaneTable.CLOSED, key)
        .map(Closed::of)
        .filter(closed -> closed.collection.equals(collection))
        .isPresent();
  }

  private Optional<Closed> find(TaskId task, Bytes bucket) {
    var zero = Bytes.owning(new byte[bucket.length()]);
    return store
        .last(LaneTable.CLOSED, LaneKeys.of(task, zero), LaneKeys.of(task, bucket))
        .map(entry -> Closed.of(entry.value()))
        .filter(closed -> covers(closed.batch, bucket));
  }

  /**
   * Closes the batch, unless it meets one that is closed for another collection, or was opened
   * again for this one: an instance of the leader that slept may send its marker after another
   * instance has sent the one that opens.
   */
  boolean close(TaskId task, Bytes collection, BatchSelector batch) {
    if (wasReopened(task, collection) || !isFree(task, collection, batch)) {
      return false;
    }
    store.put(
        LaneTable.CLOSED,
        LaneKeys.of(task, LaneKeys.first(batch)),
        new Closed(collection, batch, false).encoded());
    return true;
  }

  private boolean wasReopened(TaskId task, Bytes collection) {
    return store.get(LaneTable.REOPENED, LaneKeys.of(task, collection)).isPresent();
  }

  /** Undoes {@link #close} of the same collection, for good. */
  void reopen(TaskId task, Bytes collection, BatchSelector batch) {
    store.put(LaneTable.REOPENED, LaneKeys.of(task, collection), LaneKeys.number(0));
    var key = LaneKeys.of(task, LaneKeys.first(batch));
    if (closedFor(key, collection)) {
      store.remove(LaneTable.CLOSED, key);
    }
  }

  boolean isFree(TaskId task, Bytes collection, BatchSelector batch) {
    var zero = Bytes.owning(new byte[LaneKeys.first(batch).length()]);
    var other =
        store
            .last(
                LaneTable.CLOSED, LaneKeys.of(task, zero), LaneKeys.of(task, LaneKeys.last(batch)))
            .map(entry -> Closed.of(entry.value()));
    return other
        .filter(closed -> overlaps(closed.batch, batch) && !closed.collection.equals(collection))
        .isEmpty();
  }

  private static boolean covers(BatchSelector batch, Bytes bucket) {
    return switch (batch) {
      case BatchSelector.OfInterval(TimeInterval interval) ->
          interval.contains(WireReader.whole(bucket, WireReader::u64));
      case BatchSelector.OfBatch(var id) -> LaneKeys.bucket(id).equals(bucket);
    };
  }

  private static boolean overlaps(BatchSelector left, BatchSelector right) {
    return left instanceof BatchSelector.OfInterval(TimeInterval a)
            && right instanceof BatchSelector.OfInterval(TimeInterval b)
        ? a.overlaps(b)
        : left.equals(right);
  }

  private record Closed(Bytes collection, BatchSelector batch, boolean settled) {
    static Closed of(Bytes bytes) {
      return WireReader.whole(
          bytes,
          in -> new Closed(in.raw(Marker.COLLECTION_LENGTH), BatchSelector.read(in), in.u8() == 1));
    }

    Bytes encoded() {
      return new WireWriter().raw(collection).message(batch).u8(settled ? 1 : 0).toBytes();
    }
  }
}
