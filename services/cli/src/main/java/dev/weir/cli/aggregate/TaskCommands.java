package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.TaskDocument;
import dev.weir.cli.client.UrlPath;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.output.Output;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate task}: tasks, for the operators of aggregators. */
@Command(
    name = "task",
    description =
        "Tasks: composed once, set up at both aggregators, shown to whoever takes part / 聚合任务：生成、在双方建立、供各方查看",
    mixinStandardHelpOptions = true,
    subcommands = ComposeCommand.class)
final class TaskCommands {
  private static final String PATH = "/v1/aggregation-tasks";

  @Command(
      name = "set-up",
      description = {
        "Set a task up at one aggregator, as its operator; the other operator does the same with the"
            + " same file. The leader takes reports once the helper has the task, too. Doing it"
            + " again changes nothing. / 由运营方在其聚合方建立任务，另一运营方以同一文件照做；"
            + "辅聚合方建立之后，主聚合方才接收报告；重复执行不会有变化。",
        "Terms of unproven long vectors say robustness NONE. / 无证明的长向量任务须在条款中写明 robustness NONE。"
      },
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {
        Statuses.DONE,
        "2:the file is no task, or breaks a rule that is named / 文件不是任务，或违反所指明的规则",
        Statuses.DENIED,
        "5:the contract allots less than the task's collections take / 合约额度不足以支付该任务的收集",
        Statuses.AGAIN
      },
      footerHeading = Statuses.EXAMPLE,
      footer = "weir aggregate task set-up --as operator-officer --at leader secret.json",
      mixinStandardHelpOptions = true)
  int setUp(
      @Mixin ClientOptions options,
      @Mixin AtOption at,
      @Parameters(
              paramLabel = "FILE",
              description = "as task compose wrote it; secret / task compose 生成的任务文件，须保密")
          Path file)
      throws IOException {
    var document =
        TaskJson.read(
            file,
            "weir aggregate task compose",
            bytes -> Json.mapper().readValue(bytes, TaskDocument.class));
    document.task();
    RobustnessNotice.tell(options, document.terms().notice());
    return shown(options, options.client().post(at.value(), PATH, document));
  }

  @Command(
      name = "show",
      description =
          "Show a task as whoever takes part may see it; with --json it is the file that upload and"
              + " collect take / 查看任务；加 --json 的输出即 upload 与 collect 所用的任务文件",
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {
        Statuses.DONE,
        Statuses.USAGE,
        Statuses.DENIED,
        Statuses.NOT_FOUND,
        Statuses.AGAIN
      },
      footerHeading = Statuses.EXAMPLE,
      footer = {
        "weir aggregate task show --as builder-analyst --at leader --json \\",
        "  8BY0RzZMzxvA46_8ymhzycOB9krN-QIGYvg_RsByGec > task.json"
      },
      mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Mixin AtOption at,
      @Parameters(paramLabel = "ID", description = "as task compose named it / 任务编号") String id) {
    return shown(options, options.client().get(at.value(), PATH + "/" + UrlPath.segment(id)));
  }

  @Command(
      name = "list",
      description =
          "The tasks that your party operates at an aggregator, or collects, the newest first / 本方在聚合方运营或收集的任务，由新到旧",
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {Statuses.DONE, Statuses.USAGE, Statuses.DENIED, Statuses.AGAIN},
      footerHeading = Statuses.EXAMPLE,
      footer = "weir aggregate task list --as operator-officer --at leader",
      mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options, @Mixin AtOption at) {
    return options.list(at.value(), PATH, "id", "title", "function", "takesFrom", "takesUntil");
  }

  private static int shown(ClientOptions options, JsonNode view) {
    return options.show(options.form() == Output.Format.TABLE ? ReadableTask.of(view) : view);
  }
}
