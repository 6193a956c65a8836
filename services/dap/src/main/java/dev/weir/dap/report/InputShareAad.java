package dev.weir.dap.report;

import dev.weir.dap.task.Task;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireMessage;
import dev.weir.dap.wire.WireWriter;

/**
 * What a sealed input share is bound to: another task, another time or another public share and it
 * does not open. Immutable.
 */
public record InputShareAad(Task task, ReportMetadata metadata, Bytes publicShare)
    implements WireMessage {
  @Override
  public void writeTo(WireWriter out) {
    out.message(task.id()).message(task.configuration()).message(metadata).v32(publicShare);
  }
}
