package dev.weir.dap.task;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/** A configuration with its name. Immutable. */
public record Task(TaskId id, TaskConfiguration configuration) {
  private static final Bytes DOMAIN =
      Bytes.owning("weir dap-18 task".getBytes(StandardCharsets.US_ASCII));

  /**
   * Names a task after its configuration: SHA-256 over a fixed text and the configuration's bytes.
   * Whoever computes another name has another configuration.
   */
  public static Task of(TaskConfiguration configuration) {
    var bytes = new WireWriter().raw(DOMAIN).message(configuration).toBytes();
    return new Task(new TaskId(bytes.sha256()), configuration);
  }
}
