package dev.weir.dap.client;

import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.id.TaskId;

/**
 * The leader as its collector asks it. Every call may be repeated; a refusal is a {@link
 * DapAnswerException}. Thread-safe.
 */
public interface CollectionLeader {
  /** Begins a collection, or finds the one that the same bytes began. */
  Collection collect(TaskId task, CollectionJobReq request);

  /** Asks again about a collection. */
  Collection ask(Collection collection);

  /** Has the leader forget a collection whose result is safe here. */
  void forget(Collection collection);
}
