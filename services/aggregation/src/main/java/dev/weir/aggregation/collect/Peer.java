package dev.weir.aggregation.collect;

import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.id.TaskId;

/** The other aggregator, in talk about batches. Saying a thing again does no harm. Thread-safe. */
final class Peer {
  private final ShareWire wire;

  Peer(ShareWire wire) {
    this.wire = wire;
  }

  /** The leader asks the helper for its share. */
  void ask(TaskId task, CollectionId collection, AggregateShareReq request) {
    var key = new ShareKey(task, collection).encoded();
    wire.send(ShareTopics.REQUESTS, key.toArray(), request.encoded().toArray());
  }

  /** The leader says what it refused by itself. */
  void tell(ShareKey key, LeaderRefusal refusal) {
    wire.send(ShareTopics.REQUESTS, key.encoded().toArray(), refusal.encoded().toArray());
  }

  /** The helper answers. */
  void answer(ShareKey key, ShareAnswer answer) {
    wire.send(ShareTopics.SHARES, key.encoded().toArray(), answer.encoded().toArray());
  }
}
