package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir intake}: cleans, treats and streams a source into its resource. */
@Command(
    name = "intake",
    description = "Clean, treat and stream records / 清洗、脱敏与汇入",
    mixinStandardHelpOptions = true)
public final class IntakeCommands {
  private static final String RUNS = "/v1/runs";

  @Command(
      name = "run",
      description = "Start a run from JSON and follow it / 启动并跟踪",
      mixinStandardHelpOptions = true)
  int run(
      @Mixin ClientOptions options,
      @Mixin BodyFile spec,
      @Option(names = "--no-wait", description = "do not follow it / 不等待") boolean noWait)
      throws IOException, InterruptedException {
    var client = options.client();
    JsonNode run = client.post("intake", RUNS, spec.read());
    JsonNode last = noWait ? run : Waiting.forRun(client, run, WorkBar.ofRun(options.language()));
    options.show(last);
    return (last.path("status").asText().equals("FAILED") ? ExitCode.FAILED : ExitCode.OK).status();
  }

  @Command(name = "status", description = "One run / 查看运行", mixinStandardHelpOptions = true)
  int status(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("intake", id.in(RUNS));
  }

  @Command(
      name = "quality",
      description = "The quality report, for the provider / 质量报告",
      mixinStandardHelpOptions = true)
  int quality(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("intake", id.in(RUNS) + "/quality");
  }

  @Command(
      name = "list",
      description = "Runs, newest first / 运行列表",
      mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list(
        "intake",
        RUNS,
        "id",
        "resourceId",
        "status",
        "dataVersion",
        "accepted",
        "rejected",
        "recordsPerSecond");
  }

  @Command(name = "cancel", description = "Cancel a run / 取消运行", mixinStandardHelpOptions = true)
  int cancel(@Mixin ClientOptions options, @Mixin Id id) {
    return options.post("intake", id.in(RUNS) + "/cancel");
  }
}
