package dev.weir.aggregation.collect;

/** The topics on which aggregators speak about batches. */
public final class ShareTopics {
  /**
   * From the leader: key task and collection, value AggregateShareReq, or {@link LeaderRefusal}.
   */
  public static final String REQUESTS = "leader.share-requests";

  /** From the helper: the same key, value {@link ShareAnswer}. */
  public static final String SHARES = "helper.shares";

  private ShareTopics() {}
}
