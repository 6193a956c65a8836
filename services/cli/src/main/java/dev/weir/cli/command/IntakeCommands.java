package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir intake}: cleans, treats and streams a source into its resource. */
@Command(
    name = "intake",
    description = "Clean, treat and stream records / 清洗、脱敏与汇入",
    mixinStandardHelpOptions = true)
public final class IntakeCommands {
  @Command(
      name = "run",
      description = "Start a run from JSON and follow it / 启动并跟踪",
      mixinStandardHelpOptions = true)
  int run(
      @Mixin ClientOptions options,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file,
      @Option(names = "--no-wait", description = "do not follow it / 不等待") boolean noWait)
      throws IOException, InterruptedException {
    var client = options.client();
    JsonNode run = client.post("intake", "/v1/runs", JsonBody.read(file));
    JsonNode last = noWait ? run : Waiting.forRun(client, run, new RunBar(options.language()));
    options.show(last);
    return (last.path("status").asText().equals("FAILED") ? ExitCode.FAILED : ExitCode.OK).status();
  }

  @Command(name = "status", description = "One run / 查看运行", mixinStandardHelpOptions = true)
  int status(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("intake", path(id)));
  }

  @Command(
      name = "quality",
      description = "The quality report, for the provider / 质量报告",
      mixinStandardHelpOptions = true)
  int quality(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("intake", path(id) + "/quality"));
  }

  @Command(
      name = "list",
      description = "Runs, newest first / 运行列表",
      mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("intake", "/v1/runs?limit=200"),
        "id",
        "resourceId",
        "status",
        "dataVersion",
        "accepted",
        "rejected",
        "recordsPerSecond");
  }

  @Command(name = "cancel", description = "Cancel a run / 取消运行", mixinStandardHelpOptions = true)
  int cancel(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().post("intake", path(id) + "/cancel"));
  }

  private static String path(String id) {
    return "/v1/runs/" + UrlPath.segment(id);
  }
}
