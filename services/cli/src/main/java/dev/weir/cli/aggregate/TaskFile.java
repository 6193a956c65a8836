package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.Contributor;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.aggregation.task.TaskView;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.profile.ContributorId;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;

/** A task as {@code weir aggregate task show} prints it, kept in a file. */
final class TaskFile {
  private static final String WRITER = "weir aggregate task show --json";

  private TaskFile() {}

  /**
   * The task with its terms.
   *
   * @throws CommandFault when the file holds none, or more than a party should have, or terms that
   *     are not the task's: whoever contributes or collects decides by them
   */
  static PublicTask read(Path file) throws IOException {
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
    if (json.path("configuration").asText().isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件中没有任务：应为 `" + WRITER + "` 的输出：" + file,
          "the file holds no task as `" + WRITER + "` prints it: " + file);
    }
    var view = TaskJson.read(file, WRITER, bytes -> Json.mapper().readValue(bytes, TaskView.class));
    try {
      return PublicTask.of(view);
    } catch (ProblemException other) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件中的名称、配置与条款不属于同一任务；请重新取得 `" + WRITER + "` 的输出：" + file,
          "name, configuration and terms in the file are not one task's; take what `"
              + WRITER
              + "` prints anew: "
              + file);
    }
  }

  /**
   * The contributor of a key, as the task's terms say.
   *
   * @throws CommandFault when they do not name it: no aggregator takes its reports
   */
  static Contributor contributor(PublicTask task, ContributorId id) {
    return task.terms().contributors().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new CommandFault(
                ExitCode.USAGE,
                "该密钥不是任务条款中任何上报者的密钥",
                "the key is none of the contributors' that the task's terms name"));
  }
}
