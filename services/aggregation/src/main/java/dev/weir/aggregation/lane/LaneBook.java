package dev.weir.aggregation.lane;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Pending;
import dev.weir.aggregation.verify.Reason;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.id.ReportId;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.privacy.vdaf.OutputShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The lane's memory, and the rules that rest on it: a report counts once, a party gives no more
 * than the task allows, a closed batch takes nothing. Confined to the lane's thread.
 */
public final class LaneBook {
  private static final int EVICTED_AT_ONCE = 10_000;

  /** A field that holds more in a lane needs no look at its sum, which may be long. */
  private static final long NOBODY_COUNTS_SO_FAR = 1L << 40;

  private final LaneStore store;
  private final ClosedBatches closed;
  private final LaneNumbers numbers;
  private final RefusalTallies refusals;
  private final int lane;

  public LaneBook(LaneStore store, int lane) {
    this.store = store;
    this.closed = new ClosedBatches(store);
    this.numbers = new LaneNumbers(store);
    this.refusals = new RefusalTallies(store);
    this.lane = lane;
  }

  public int lane() {
    return lane;
  }

  /** Of the messages to and from the other aggregator's lane. */
  public LaneNumbers numbers() {
    return numbers;
  }

  /** Where a report of this time is counted; in a leader-selected task, the batch in hand. */
  public Optional<Bytes> bucketFor(AggregationTask task, long time) {
    return task.isByInterval()
        ? Optional.of(LaneKeys.bucket(time))
        : store.get(LaneTable.OPEN_BATCH, LaneKeys.of(task.id()));
  }

  /** Where a report of this time is counted in a task by interval. */
  public static Bytes bucketOf(long time) {
    return LaneKeys.bucket(time);
  }

  /** Empty when the report may be counted in the bucket. */
  public Optional<Reason> refusal(
      AggregationTask task, ReportId id, long time, Bytes bucket, PartyId party) {
    if (Long.compareUnsigned(time, forgotten(task.id())) < 0) {
      return Optional.of(Reason.TOO_OLD);
    }
    if (store.get(LaneTable.MARKS, LaneKeys.report(task.id(), id)).isPresent()) {
      return Optional.of(Reason.REPLAYED);
    }
    if (closed.covers(task.id(), bucket)) {
      return Optional.of(Reason.BATCH_COLLECTED);
    }
    return roomRefusal(task, bucket, party);
  }

  /** From now on the id is used up. */
  public void mark(AggregationTask task, ReportId id, long time) {
    store.put(LaneTable.MARKS, LaneKeys.report(task.id(), id), LaneKeys.number(time));
    store.put(LaneTable.MARK_TIMES, LaneKeys.mark(task.id(), time, id), LaneKeys.bucket(time));
  }

  /** The id may be used again. */
  public void unmark(AggregationTask task, ReportId id, long time) {
    store.remove(LaneTable.MARKS, LaneKeys.report(task.id(), id));
    store.remove(LaneTable.MARK_TIMES, LaneKeys.mark(task.id(), time, id));
  }

  public void keep(AggregationTask task, ReportId id, Pending pending) {
    store.put(LaneTable.PENDING, LaneKeys.report(task.id(), id), pending.encoded());
  }

  /** What was kept of a report; from now on it is not. */
  public Optional<Pending> take(AggregationTask task, ReportId id) {
    var key = LaneKeys.report(task.id(), id);
    var kept = store.get(LaneTable.PENDING, key);
    kept.ifPresent(bytes -> store.remove(LaneTable.PENDING, key));
    return kept.map(bytes -> WireReader.whole(bytes, Pending::read));
  }

  /**
   * Empty when a report that was admitted may still be counted: its batch may have been closed
   * since, but its share has not been told.
   */
  public Optional<Reason> lateRefusal(AggregationTask task, Pending pending) {
    if (closed.isSettled(task.id(), pending.bucket())) {
      return Optional.of(Reason.BATCH_COLLECTED);
    }
    return roomRefusal(task, pending.bucket(), pending.party());
  }

  private Optional<Reason> roomRefusal(AggregationTask task, Bytes bucket, PartyId party) {
    if (given(task, bucket, party) >= task.terms().maxReportsPerContributor()) {
      return Optional.of(Reason.CONTRIBUTOR_CAP);
    }
    long most = task.mostReportsOfLane();
    return most < NOBODY_COUNTS_SO_FAR && bucket(task, bucket).reports() >= most
        ? Optional.of(Reason.BATCH_FULL)
        : Optional.empty();
  }

  /** Adds a verified report up. */
  public void count(
      AggregationTask task,
      ReportId id,
      long time,
      Bytes bucket,
      PartyId party,
      OutputShare share) {
    var sum = bucket(task, bucket).plus(task.vdaf(), id, time, share);
    store.put(LaneTable.BUCKETS, LaneKeys.of(task.id(), bucket), sum.encoded());
    store.put(
        LaneTable.CONTRIBUTIONS,
        LaneKeys.of(task.id(), bucket, party),
        LaneKeys.number(given(task, bucket, party) + 1));
  }

  private Bucket bucket(AggregationTask task, Bytes bucket) {
    return store
        .get(LaneTable.BUCKETS, LaneKeys.of(task.id(), bucket))
        .map(bytes -> WireReader.whole(bytes, Bucket::read))
        .orElse(Bucket.EMPTY);
  }

  /**
   * Counts a report that does not count, under its reason.
   *
   * @param bucket where it would have been counted
   */
  public void refuse(AggregationTask task, Optional<Bytes> bucket, Reason reason) {
    refusals.add(task, bucket, reason);
  }

  /** What a marker does where reports are admitted: nothing of the batch is let in after it. */
  public void admit(TaskId task, Marker marker) {
    switch (marker.kind()) {
      case COUNT -> {}
      case CLOSE -> closed.close(task, marker.collection(), marker.batch());
      case REOPEN -> closed.reopen(task, marker.collection(), marker.batch());
      case BEGIN -> begin(task, LaneKeys.first(marker.batch()));
      case FORGET -> forget(task, marker.collection(), marker.batch());
    }
  }

  /**
   * Who gave how much, and what it came to: once told, nobody needs it for a batch that is over.
   */
  private void forget(TaskId task, Bytes collection, BatchSelector batch) {
    if (closed.isSettledFor(task, collection, batch)) {
      var first = LaneKeys.of(task, LaneKeys.first(batch));
      remove(LaneTable.BUCKETS, first, LaneKeys.of(task, LaneKeys.last(batch)));
      remove(LaneTable.CONTRIBUTIONS, first, LaneKeys.afterParties(task, LaneKeys.last(batch)));
    }
  }

  private void remove(LaneTable table, Bytes from, Bytes to) {
    var keys = new ArrayList<Bytes>();
    store.scan(table, from, to, entry -> keys.add(entry.key()));
    keys.forEach(key -> store.remove(table, key));
  }

  /** Once: an instance of the leader that slept may tell of a batch that is over. */
  private void begin(TaskId task, Bytes bucket) {
    var begun = LaneKeys.of(task, bucket);
    if (store.get(LaneTable.BEGUN, begun).isEmpty() && !closed.covers(task, bucket)) {
      store.put(LaneTable.BEGUN, begun, LaneKeys.number(0));
      store.put(LaneTable.OPEN_BATCH, LaneKeys.of(task), bucket);
    }
  }

  /** What the lane holds of the marker's batch, once all its reports are decided on. */
  public LaneShare share(AggregationTask task, Marker marker) {
    boolean free = closed.isFree(task.id(), marker.collection(), marker.batch());
    if (free && marker.kind() == Marker.Kind.CLOSE) {
      closed.settle(task.id(), marker.collection(), marker.batch());
    }
    return new LaneShare(
        task.id(),
        marker,
        lane,
        free,
        free ? sum(task, marker.batch()) : Bucket.EMPTY,
        free ? contributors(task.id(), marker.batch()) : 0,
        free ? refusals.ofBatch(task.id(), marker.batch()) : Map.of(),
        refusals.ofTask(task.id()));
  }

  /**
   * Forgets ids of reports that are too old to be counted anyway. Whatever the clock says later, no
   * report as old as one of them is counted again.
   *
   * @param before in the task's units
   * @return whether there is more to forget: a transaction takes only so much
   */
  public boolean forget(TaskId task, long before) {
    if (before == 0) {
      return false;
    }
    var evicting = new Evicting(task);
    store.scan(
        LaneTable.MARK_TIMES,
        LaneKeys.mark(task, 0, new ReportId(Bytes.owning(new byte[ReportId.LENGTH]))),
        LaneKeys.marksBefore(task, before),
        evicting);
    if (Long.compareUnsigned(evicting.after, forgotten(task)) > 0) {
      store.put(LaneTable.FORGOTTEN, LaneKeys.of(task), LaneKeys.number(evicting.after));
    }
    return evicting.evicted == EVICTED_AT_ONCE;
  }

  private long forgotten(TaskId task) {
    return store.get(LaneTable.FORGOTTEN, LaneKeys.of(task)).map(LaneBook::number).orElse(0L);
  }

  private final class Evicting implements Predicate<LaneStore.Entry> {
    private final TaskId task;
    private int evicted;
    private long after;

    Evicting(TaskId task) {
      this.task = task;
    }

    @Override
    public boolean test(LaneStore.Entry entry) {
      var id =
          WireReader.whole(
              entry.key(),
              in -> {
                in.raw(TaskId.LENGTH);
                after = in.u64() + 1;
                return ReportId.read(in);
              });
      store.remove(LaneTable.MARKS, LaneKeys.report(task, id));
      store.remove(LaneTable.MARK_TIMES, entry.key());
      return ++evicted < EVICTED_AT_ONCE;
    }
  }

  private long given(AggregationTask task, Bytes bucket, PartyId party) {
    return store
        .get(LaneTable.CONTRIBUTIONS, LaneKeys.of(task.id(), bucket, party))
        .map(LaneBook::number)
        .orElse(0L);
  }

  private Bucket sum(AggregationTask task, BatchSelector batch) {
    var sum = new Bucket[] {Bucket.EMPTY};
    store.scan(
        LaneTable.BUCKETS,
        LaneKeys.of(task.id(), LaneKeys.first(batch)),
        LaneKeys.of(task.id(), LaneKeys.last(batch)),
        entry -> {
          sum[0] = sum[0].merge(task.vdaf(), WireReader.whole(entry.value(), Bucket::read));
          return true;
        });
    return sum[0];
  }

  private long contributors(TaskId task, BatchSelector batch) {
    var seen = new HashSet<Bytes>();
    store.scan(
        LaneTable.CONTRIBUTIONS,
        LaneKeys.of(task, LaneKeys.first(batch)),
        LaneKeys.afterParties(task, LaneKeys.last(batch)),
        entry -> {
          int bucket = LaneKeys.first(batch).length();
          seen.add(
              WireReader.whole(
                  entry.key(),
                  in -> {
                    in.raw(TaskId.LENGTH + bucket);
                    return in.raw(PartyId.LENGTH);
                  }));
          return true;
        });
    return seen.size();
  }

  private static long number(Bytes value) {
    return WireReader.whole(value, WireReader::u64);
  }
}
