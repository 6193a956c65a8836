package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A task as {@code weir aggregate task show} prints it, kept in a file. */
final class TaskFile {
  private TaskFile() {}

  /**
   * The task with its terms.
   *
   * @throws dev.weir.kernel.ProblemException when name, configuration and terms do not belong
   *     together
   */
  static PublicTask readWhole(Path file) throws IOException {
    return PublicTask.of(Json.read(Files.readAllBytes(file), TaskView.class));
  }

  /** The task; its name is computed again from its configuration. */
  static Task read(Path file) throws IOException {
    JsonNode view = Json.mapper().readTree(Files.readAllBytes(file));
    return Task.of(
        WireReader.whole(
            Base64Url.decode(view.path("configuration").asText()), TaskConfiguration::read));
  }
}
