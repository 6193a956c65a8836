package dev.weir.aggregation.collect;

import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.id.TaskId;

/** The helper, as the leader asks it for a share. Asking again does no harm. Thread-safe. */
public interface Peer {
  void ask(TaskId task, CollectionId collection, AggregateShareReq request);
}
