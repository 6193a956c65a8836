package dev.weir.dap.collection;

import dev.weir.dap.task.Task;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireWriter;

/** What a sealed aggregate share is bound to: the task and the collector's request. Immutable. */
public record AggregateShareAad(Task task, CollectionJobReq request) implements WireMessage {
  @Override
  public void writeTo(WireWriter out) {
    out.message(task.id()).message(task.configuration()).message(request);
  }
}
