package dev.weir.cli.aggregate;

import dev.weir.aggregation.task.TaskDocument;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.command.ClientOptions;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate task}: tasks, for the operators of aggregators. */
@Command(
    name = "task",
    description = "Tasks of an aggregator / 聚合任务",
    mixinStandardHelpOptions = true,
    subcommands = ComposeCommand.class)
final class TaskCommands {
  private static final String PATH = "/v1/aggregation-tasks";

  @Command(
      name = "set-up",
      description =
          "Set a task up, the same file at both aggregators; terms of unproven long vectors say"
              + " robustness NONE / 在聚合方建立任务；无证明的长向量任务须在条款中写明 robustness NONE",
      mixinStandardHelpOptions = true)
  int setUp(
      @Mixin ClientOptions options,
      @Option(
              names = "--at",
              paramLabel = "AGGREGATOR",
              required = true,
              description = "leader, helper or base URL / 聚合方，或其地址")
          String at,
      @Parameters(paramLabel = "FILE", description = "the task, with its seed; secret / 任务文件")
          Path file)
      throws IOException {
    var document = Json.mapper().readValue(Files.readAllBytes(file), TaskDocument.class);
    document.task();
    RobustnessNotice.tell(options, document.terms().notice());
    return options.show(options.client().post(at, PATH, document));
  }

  @Command(
      name = "show",
      description = "A task as its parties may see it / 查看任务",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Option(
              names = "--at",
              paramLabel = "AGGREGATOR",
              required = true,
              description = "leader, helper or base URL / 聚合方，或其地址")
          String at,
      @Parameters(paramLabel = "ID") String id) {
    return options.show(options.client().get(at, PATH + "/" + UrlPath.segment(id)));
  }
}
