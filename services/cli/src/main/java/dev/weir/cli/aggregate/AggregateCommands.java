package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.cli.command.Spoken;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.task.Task;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate}: secure aggregation. */
@Command(
    name = "aggregate",
    description = "Secure aggregation by two operators / 由两个运营方完成的安全聚合",
    mixinStandardHelpOptions = true,
    subcommands = {TaskCommands.class, CollectCommand.class, ExampleCommands.class})
public final class AggregateCommands {
  @Command(
      name = "key",
      description =
          "Make the collector's key and print its public half, which task compose takes as"
              + " --collector-key; the private half stays in the file / 生成收集方密钥，输出的公钥用于 task compose"
              + " --collector-key，私钥留在文件中",
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {
        Statuses.DONE,
        "2:there is a file already, or it cannot be written / 文件已存在或无法写入"
      },
      footerHeading = Statuses.EXAMPLE,
      footer = "weir aggregate key collector.key",
      mixinStandardHelpOptions = true)
  int key(
      @Mixin ClientOptions options,
      @Parameters(
              paramLabel = "FILE",
              description = "a new file, made for its owner only / 新文件，仅所有者可读")
          Path file)
      throws IOException {
    try (var key = CollectorKey.generate(file)) {
      ObjectNode shown =
          Json.mapper()
              .createObjectNode()
              .put("collectorKey", Base64Url.encode(HpkeKeyRing.config(1, key).encoded()));
      return options.show(shown);
    }
  }

  @Command(
      name = "upload",
      description =
          "Contribute the measurements of a file, one a row; run it again to go on after any"
              + " interruption: no row counts twice. In a task of long vectors without robustness"
              + " one contributor can spoil the sum: it says so / 逐行上报测量值；中断后重新执行即可继续，任何一行都不会重复计入。"
              + "无稳健性的长向量任务中，任一上报者都可能毁掉总和，命令会予以提示",
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {
        "0:every row's report is with the leader / 各行的报告均已送达主聚合方",
        "1:rows of notCounted do not count, or the leader refuses / 有行未计入（见 notCounted），或主聚合方拒绝",
        Statuses.USAGE,
        "6:reports wait here; type the same command again / 有报告待发，可重新执行同一命令",
        "8:all rows were sent before; nothing was sent / 各行此前已全部上报，本次未上报"
      },
      footerHeading = Statuses.EXAMPLE,
      footer = "weir aggregate upload --task task.json --key clinic.pem --header days.csv",
      mixinStandardHelpOptions = true)
  int upload(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Option(
              names = "--task",
              paramLabel = "FILE",
              required = true,
              description = "as task show --json prints it / task show --json 输出的任务文件")
          Path taskFile,
      @Option(
              names = "--leader-via",
              paramLabel = "URL",
              description =
                  "where the leader is reached from here, if not at the task's address"
                      + " / 从本机访问主聚合方的地址，缺省为任务中的地址")
          @Nullable URI leader,
      @Option(
              names = "--helper-via",
              paramLabel = "URL",
              description =
                  "where the helper is reached from here, if not at the task's address"
                      + " / 从本机访问辅聚合方的地址，缺省为任务中的地址")
          @Nullable URI helper,
      @Option(
              names = "--queue",
              defaultValue = "${sys:user.home}/.local/state/weir/reports",
              paramLabel = "DIR",
              description =
                  "where reports wait until they are sent, and what was sent is kept: with another"
                      + " directory or another user the same rows count again; default:"
                      + " ${DEFAULT-VALUE} / 待发报告与已发记录的目录；换用其他目录或用户则各行会再计一次，默认 ${DEFAULT-VALUE}")
          Path directory,
      @Option(names = "--header", description = "the first row is a heading / 首行为表头，不上报")
          boolean header,
      @Option(
              names = "--again",
              description =
                  "contribute a file once more that was contributed before: all of its rows count"
                      + " again / 再次上报此前已上报的内容，各行再计一次")
          boolean again,
      @Parameters(
              paramLabel = "CSV",
              description =
                  "a row for each measurement: 0 or 1 for count; a number for sum; a bucket from 0 on"
                      + " for histogram; numbers separated by commas for vector and multihot"
                      + " (0 or 1) / 每行一个测量值：count 为 0 或 1，sum 为一个整数，histogram 为从 0 起的桶号，vector 与"
                      + " multihot（0 或 1）为逗号分隔的整数")
          Path file)
      throws IOException {
    Task task = TaskFile.read(taskFile);
    RobustnessNotice.tell(options, RobustnessNotice.of(task));
    var route = UploadRoute.of(task.configuration(), leader, helper);
    var signing = key.read();
    var contributor = TaskFile.contributor(taskFile, PartySigner.contributor(signing));
    var place =
        UploadPlace.of(directory.resolve(task.id().toString()), contributor.id(), file, again);
    var upload =
        new FileUpload(
            task,
            route.leader(),
            route.helper(),
            new PartySigner(signing, contributor.partyId()),
            TaskFile.cap(taskFile));
    return upload.run(options, place, file, header);
  }

  @Command(
      name = "collector",
      description =
          "The collector as a process of its own: collects every batch whose time is over and prints"
              + " a line of JSON for each; it stays until it is stopped / 收集方独立进程：逐一收集到期批次，每个输出一行 JSON；持续运行直至停止",
      exitCodeListHeading = Statuses.HEADING,
      exitCodeList = {
        "0:the round of --once is over; its lines say what came of each batch / --once 的一轮已结束，结果见各行",
        Statuses.USAGE
      },
      footerHeading = Statuses.EXAMPLE,
      footer = "weir aggregate collector --once collector.yaml",
      mixinStandardHelpOptions = true)
  int collector(
      @Mixin Spoken spoken,
      @Option(names = "--once", description = "end after one round / 执行一轮后结束") boolean once,
      @Parameters(
              paramLabel = "CONFIGURATION",
              description =
                  "YAML; deploy/collector.example.yaml shows every key / YAML 配置文件，各项见"
                      + " deploy/collector.example.yaml")
          Path configuration)
      throws IOException {
    CollectorProcess.run(
        CollectorConfiguration.read(configuration), once, System.out, spoken.language());
    return ExitCode.OK.status();
  }
}
