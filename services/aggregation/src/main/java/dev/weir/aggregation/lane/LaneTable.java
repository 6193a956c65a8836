package dev.weir.aggregation.lane;

/** The tables of a lane, each sorted by key. New ones go to the end: the place is written down. */
public enum LaneTable {
  /** task, report id → time: what was counted. */
  MARKS,
  /** task, time, report id → nothing: which marks are the oldest. */
  MARK_TIMES,
  /** task, report id → what the leader keeps until the helper answers. */
  PENDING,
  /** task, bucket → what was added up. */
  BUCKETS,
  /** task, bucket, party → how many reports of all its keys. */
  CONTRIBUTIONS,
  /** task, first bucket → the closed batch that begins there. */
  CLOSED,
  /** task → the batch that the leader is filling. */
  OPEN_BATCH,
  /** task, reason → how many reports were refused for it. */
  TALLIES,
  /** task, collection → nothing: collections that failed; nothing closes a batch for them again. */
  REOPENED,
  /** task → digest of all changes of its closed batches. */
  CLOSED_EDITION,
  /** task → no report before this time counts any more: marks of some are forgotten. */
  FORGOTTEN,
  /** task, bucket → nothing: batches that the leader has begun; none is begun again. */
  BEGUN,
  /** nothing → the number of the last message to the other aggregator. */
  SAID,
  /** nothing → the number of the last message from it. */
  HEARD,
  /** task, bucket, reason → how many of its reports were refused for it. */
  BATCH_TALLIES;

  /** True for a table of which a row is rewritten again and again. */
  public boolean isTotal() {
    return switch (this) {
      case BUCKETS, CONTRIBUTIONS, TALLIES, CLOSED_EDITION, FORGOTTEN, SAID, HEARD, BATCH_TALLIES ->
          true;
      case MARKS, MARK_TIMES, PENDING, CLOSED, OPEN_BATCH, REOPENED, BEGUN -> false;
    };
  }
}
