package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.audit.export.LogExporter;
import dev.weir.audit.verify.LogVerifier;
import dev.weir.audit.verify.Verdict;
import dev.weir.cli.ExitCode;
import dev.weir.cli.client.UrlPath;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir audit}: takes the evidence out and verifies it offline. */
@Command(name = "audit", description = "Evidence / 存证", mixinStandardHelpOptions = true)
public final class AuditCommands {

  @Command(
      name = "export",
      description = "Export the log into a new directory / 导出存证日志",
      mixinStandardHelpOptions = true)
  int export(@Mixin ClientOptions options, @Parameters(paramLabel = "DIR") Path directory)
      throws IOException, InterruptedException {
    var client = options.client();
    long leaves =
        new LogExporter(path -> client.getBytes("audit", path), directory).export(done -> {});
    return options.show(
        Json.mapper()
            .createObjectNode()
            .put("directory", directory.toString())
            .put("leaves", leaves));
  }

  @Command(
      name = "verify",
      description = "Verify an export offline / 离线验证",
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "DIR") Path directory,
      @Option(
              names = "--since",
              paramLabel = "FILE",
              description = "an earlier cosigned checkpoint, so that truncation is found / 早先的检查点")
          @Nullable Path since)
      throws IOException {
    Verdict verdict =
        since == null ? LogVerifier.verify(directory) : LogVerifier.verify(directory, since);
    JsonNode shown = Json.mapper().valueToTree(verdict);
    options.output().one(shown);
    return (verdict.ok() ? ExitCode.OK : ExitCode.FAILED).status();
  }

  @Command(
      name = "receipt",
      description = "A leaf with its inclusion proof / 回执",
      mixinStandardHelpOptions = true)
  int receipt(@Mixin ClientOptions options, @Parameters(paramLabel = "LEAF") String leaf) {
    return options.show(options.client().get("audit", "/v1/receipts/" + UrlPath.segment(leaf)));
  }
}
