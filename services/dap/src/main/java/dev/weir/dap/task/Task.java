package dev.weir.dap.task;

import dev.weir.dap.id.Base64Url;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
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

  /**
   * The task that {@code weir aggregate task show --json} prints.
   *
   * @param configuration of that name in it: base64url of a {@link TaskConfiguration}
   * @throws dev.weir.kernel.ProblemException of type {@code DAP_INVALID_MESSAGE} when it is none
   */
  public static Task shown(String configuration) {
    return of(WireReader.whole(Base64Url.decode(configuration), TaskConfiguration::read));
  }
}
