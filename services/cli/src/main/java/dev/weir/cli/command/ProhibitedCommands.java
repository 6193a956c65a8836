package dev.weir.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir prohibited}: resources that nobody may authorise; two security administrators. */
@Command(
    name = "prohibited",
    description = "The prohibited list, kept by two security administrators / 禁止清单，须两名安全管理员",
    mixinStandardHelpOptions = true)
public final class ProhibitedCommands {
  private static final String LIST = "/v1/prohibited-resources";

  @Command(
      name = "add",
      description = "Propose to put a resource on the list / 提议列入清单",
      mixinStandardHelpOptions = true)
  int add(@Mixin ClientOptions options, @Mixin Id resource, @Mixin Reason reason) {
    return change(options, resource, true, reason);
  }

  @Command(
      name = "remove",
      description = "Propose to take a resource off the list / 提议移出清单",
      mixinStandardHelpOptions = true)
  int remove(@Mixin ClientOptions options, @Mixin Id resource, @Mixin Reason reason) {
    return change(options, resource, false, reason);
  }

  @Command(
      name = "approve",
      description = "Approve the waiting change, as the other administrator / 由另一名管理员批准",
      mixinStandardHelpOptions = true)
  int approve(@Mixin ClientOptions options, @Mixin Id resource) {
    return options.post("space", resource.in(LIST) + "/approval");
  }

  @Command(name = "list", description = "The list / 清单", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list(
        "space", LIST, "resourceId", "code", "provider", "listed", "pending", "reason", "version");
  }

  private static int change(ClientOptions options, Id resource, boolean listed, Reason reason) {
    var body = Map.of("resourceId", resource.text(), "listed", listed, "reason", reason.text());
    return options.post("space", LIST, body);
  }
}
