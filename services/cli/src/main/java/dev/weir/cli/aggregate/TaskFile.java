package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.task.Task;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task as {@code weir aggregate task show} prints it, kept in a file. */
final class TaskFile {
  private static final String WRITER = "weir aggregate task show --json";

  private TaskFile() {}

  /**
   * The task with its terms.
   *
   * @throws dev.weir.kernel.ProblemException when name, configuration and terms do not belong
   *     together
   */
  static PublicTask readWhole(Path file) throws IOException {
    return PublicTask.of(
        TaskJson.read(file, WRITER, bytes -> Json.mapper().readValue(bytes, TaskView.class)));
  }

  /** The task with its terms where those say how records are clipped and encoded. */
  static Optional<PublicTask> ofRecords(Path file) throws IOException {
    boolean encodes =
        TaskJson.read(file, WRITER, bytes -> Json.mapper().readTree(bytes))
            .path("terms")
            .path("vectors")
            .isObject();
    return encodes ? Optional.of(readWhole(file)) : Optional.empty();
  }

  /**
   * The contributor of a key, as the task's terms say.
   *
   * @throws CommandFault when they do not name it: no aggregator takes its reports
   */
  static Contributor contributor(Path file, ContributorId id) throws IOException {
    for (Contributor contributor : TaskJson.read(file, WRITER, TaskFile::contributors)) {
      if (contributor.id().equals(id)) {
        return contributor;
      }
    }
    throw new CommandFault(
        ExitCode.USAGE,
        "该密钥不是任务条款中任何上报者的密钥：" + file,
        "the key is none of the contributors' that the task's terms name: " + file);
  }

  /** How many reports of a party count in a unit of time, or in a batch that the leader selects. */
  static int cap(Path file) throws IOException {
    return TaskJson.read(file, WRITER, bytes -> Json.mapper().readTree(bytes))
        .path("terms")
        .path("maxReportsPerContributor")
        .asInt(Integer.MAX_VALUE);
  }

  /** The task; its name is computed again from its configuration. */
  static Task read(Path file) throws IOException {
    var json = TaskJson.read(file, WRITER, bytes -> Json.mapper().readTree(bytes));
    if (json.has("verifyKeySeed")) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件含任务的验证密钥，仅限两个运营方持有；请改用 `" + WRITER + "` 的输出：" + file,
          "the file holds the task's verify key, which is the two operators' alone; take what `"
              + WRITER
              + "` prints: "
              + file);
    }
    String configuration = json.path("configuration").asText();
    if (configuration.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件中没有任务：应为 `" + WRITER + "` 的输出：" + file,
          "the file holds no task as `" + WRITER + "` prints it: " + file);
    }
    return Task.shown(configuration);
  }

  private static List<Contributor> contributors(byte[] json) throws IOException {
    var all = new ArrayList<Contributor>();
    for (JsonNode one : Json.mapper().readTree(json).path("terms").path("contributors")) {
      all.add(Json.mapper().treeToValue(one, Contributor.class));
    }
    return all;
  }
}
