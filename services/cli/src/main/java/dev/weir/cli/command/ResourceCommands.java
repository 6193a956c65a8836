package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir resource}: registered data resources. */
@Command(name = "resource", description = "Data resources / 数据资源", mixinStandardHelpOptions = true)
public final class ResourceCommands {
  @Command(
      name = "register",
      description = "Register a resource with its confirmed schema from JSON / 登记数据资源",
      mixinStandardHelpOptions = true)
  int register(
      @Mixin ClientOptions options,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file)
      throws IOException {
    return options.show(options.client().post("space", "/v1/resources", JsonBody.read(file)));
  }

  @Command(name = "list", description = "Resources / 资源列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("space", "/v1/resources?limit=200"),
        "id",
        "code",
        "title",
        "status",
        "level",
        "lineageId");
  }

  @Command(name = "show", description = "One resource / 查看资源", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", "/v1/resources/" + UrlPath.segment(id)));
  }

  @Command(
      name = "cancel",
      description = "Cancel a resource; its code stays / 注销资源",
      mixinStandardHelpOptions = true)
  int cancel(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    return options.show(
        options
            .client()
            .post(
                "space",
                "/v1/resources/" + UrlPath.segment(id) + "/cancellation",
                Map.of("reason", reason)));
  }
}
