package dev.weir.cli.aggregate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aggregation.hpke.HpkeKeyRing;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.Spoken;
import dev.weir.dap.id.Base64Url;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir aggregate}: secure aggregation. */
@Command(
    name = "aggregate",
    description = "Secure aggregation by two operators / 由两个运营方完成的安全聚合",
    mixinStandardHelpOptions = true,
    subcommands = {
      TaskCommands.class,
      UploadCommand.class,
      CollectCommand.class,
      ExampleCommands.class
    })
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
      @Option(
              names = "--once",
              description =
                  "end after one round, which asks again for what was refused, too / 执行一轮后结束；此前被拒的也会再问一次")
          boolean once,
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
