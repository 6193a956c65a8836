package dev.weir.cli.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir resource}: registered data resources. */
@Command(name = "resource", description = "Data resources / 数据资源", mixinStandardHelpOptions = true)
public final class ResourceCommands {
  private static final String RESOURCES = "/v1/resources";

  @Command(
      name = "register",
      description = "Register a resource with its confirmed schema from JSON / 登记数据资源",
      mixinStandardHelpOptions = true)
  int register(@Mixin ClientOptions options, @Mixin BodyFile draft) throws IOException {
    return options.post("space", RESOURCES, draft.read());
  }

  @Command(name = "list", description = "Resources / 资源列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list("space", RESOURCES, "id", "code", "title", "status", "level", "lineageId");
  }

  @Command(name = "show", description = "One resource / 查看资源", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(RESOURCES));
  }

  @Command(name = "history", description = "Its history / 历史", mixinStandardHelpOptions = true)
  int history(@Mixin ClientOptions options, @Mixin Id id) {
    return options.list(
        "space", id.in(RESOURCES) + "/history", "version", "step", "at", "party", "operation");
  }

  @Command(
      name = "cancel",
      description = "Cancel a resource; its code stays / 注销资源",
      mixinStandardHelpOptions = true)
  int cancel(@Mixin ClientOptions options, @Mixin Id id, @Mixin Reason reason) {
    return options.post("space", id.in(RESOURCES) + "/cancellation", reason.body());
  }
}
