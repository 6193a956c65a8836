package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.profile.ContributorId;
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

  /**
   * The contributor of a key, as the task's terms say.
   *
   * @throws CommandFault when they do not name it: no aggregator takes its reports
   */
  static Contributor contributor(Path file, ContributorId id) throws IOException {
    JsonNode all =
        Json.mapper().readTree(Files.readAllBytes(file)).path("terms").path("contributors");
    for (JsonNode one : all) {
      var contributor = Json.mapper().treeToValue(one, Contributor.class);
      if (contributor.id().equals(id)) {
        return contributor;
      }
    }
    throw new CommandFault(
        ExitCode.USAGE,
        "该密钥不是任务条款中任何上报者的密钥：" + file,
        "the key is none of the contributors' that the task's terms name: " + file);
  }

  /** The task; its name is computed again from its configuration. */
  static Task read(Path file) throws IOException {
    JsonNode view = Json.mapper().readTree(Files.readAllBytes(file));
    return Task.of(
        WireReader.whole(
            Base64Url.decode(view.path("configuration").asText()), TaskConfiguration::read));
  }
}
