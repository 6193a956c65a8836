package dev.weir.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code -f FILE}: the body of a request that is too large for a command line. */
final class BodyFile {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description =
          "JSON, such as `weir template` prints; - reads standard input / JSON 文件（见 weir"
              + " template），- 为标准输入")
  private Path file = Path.of("-");

  JsonNode read() throws IOException {
    try {
      return Json.mapper().readTree(InputText.bytes(file));
    } catch (JsonProcessingException e) {
      int line = e.getLocation().getLineNr();
      throw new CommandFault(
          ExitCode.USAGE,
          file + " 不是 JSON，见第 " + line + " 行",
          file + " is not JSON, see line " + line);
    }
  }
}
