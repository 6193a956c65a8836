package dev.weir.aggregation.lane;

import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.dap.wire.WireWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which batches of a lane are closed. They never overlap; an interval is closed as a whole, its
 * empty buckets too. Every report asks, so the answer comes from memory as long as nothing changed;
 * two of these over one store see each other's changes. Confined.
 */
final class ClosedBatches {
  private final LaneStore store;
  private final Map<TaskId, Known> known = new HashMap<>();

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
    if (closedFor(task, collection, batch)) {
      put(task, new Closed(collection, batch, true));
    }
  }

  /** True when the collection closed this very batch and its share has been told. */
  boolean isSettledFor(TaskId task, Bytes collection, BatchSelector batch) {
    return find(task, LaneKeys.first(batch))
        .filter(closed -> closed.equals(new Closed(collection, batch, true)))
        .isPresent();
  }

  private boolean closedFor(TaskId task, Bytes collection, BatchSelector batch) {
    var closed = byFirstBucket(task).get(LaneKeys.first(batch));
    return closed != null && closed.collection.equals(collection);
  }

  private Optional<Closed> find(TaskId task, Bytes bucket) {
    return lastUpTo(task, bucket).filter(closed -> covers(closed.batch, bucket));
  }

  private Optional<Closed> lastUpTo(TaskId task, Bytes bucket) {
    return Optional.ofNullable(byFirstBucket(task).floorEntry(bucket)).map(Map.Entry::getValue);
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
    if (!isSettledFor(task, collection, batch)) { // a marker that is sent again finds it told
      put(task, new Closed(collection, batch, false));
    }
    return true;
  }

  private boolean wasReopened(TaskId task, Bytes collection) {
    return store.get(LaneTable.REOPENED, LaneKeys.of(task, collection)).isPresent();
  }

  /** Undoes {@link #close} of the same collection, for good. */
  void reopen(TaskId task, Bytes collection, BatchSelector batch) {
    store.put(LaneTable.REOPENED, LaneKeys.of(task, collection), LaneKeys.number(0));
    if (closedFor(task, collection, batch)) {
      store.remove(LaneTable.CLOSED, LaneKeys.of(task, LaneKeys.first(batch)));
      changed(task, collection);
    }
  }

  boolean isFree(TaskId task, Bytes collection, BatchSelector batch) {
    return lastUpTo(task, LaneKeys.last(batch))
        .filter(closed -> overlaps(closed.batch, batch) && !closed.collection.equals(collection))
        .isEmpty();
  }

  private void put(TaskId task, Closed closed) {
    store.put(LaneTable.CLOSED, LaneKeys.of(task, LaneKeys.first(closed.batch)), closed.encoded());
    changed(task, closed.encoded());
  }

  /** A digest over all changes and not their number: a change that was undone must be missed. */
  private void changed(TaskId task, Bytes change) {
    var edition = new WireWriter().raw(edition(task)).raw(change).toBytes().sha256();
    store.put(LaneTable.CLOSED_EDITION, LaneKeys.of(task), edition);
  }

  private Bytes edition(TaskId task) {
    return store.get(LaneTable.CLOSED_EDITION, LaneKeys.of(task)).orElse(Bytes.EMPTY);
  }

  /** The task's closed batches as they are in the store. */
  private NavigableMap<Bytes, Closed> byFirstBucket(TaskId task) {
    var edition = edition(task);
    var had = known.get(task);
    if (had != null && had.edition.equals(edition)) {
      return had.byFirstBucket;
    }
    var read = new TreeMap<Bytes, Closed>();
    store.scan(
        LaneTable.CLOSED,
        LaneKeys.of(task),
        LaneKeys.afterBuckets(task),
        entry -> {
          var closed = Closed.of(entry.value());
          read.put(LaneKeys.first(closed.batch), closed);
          return true;
        });
    known.put(task, new Known(edition, read));
    return read;
  }

  private record Known(Bytes edition, NavigableMap<Bytes, Closed> byFirstBucket) {}

  private static boolean covers(BatchSelector batch, Bytes bucket) {
    return switch (batch) {
      case BatchSelector.OfInterval(TimeInterval interval) ->
          bucket.length() == Long.BYTES
              && interval.contains(WireReader.whole(bucket, WireReader::u64));
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
