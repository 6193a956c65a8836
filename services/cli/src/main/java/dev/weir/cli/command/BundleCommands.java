package dev.weir.cli.command;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weir bundle}: the signed policy bundle that every decision names. */
@Command(name = "bundle", description = "The policy bundle / 策略包", mixinStandardHelpOptions = true)
public final class BundleCommands {

  @Command(
      name = "show",
      description = "Verify the bundle of this build and show its version and floors / 查看策略包",
      mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options) {
    var bundle = PolicyBundle.load();
    var shown = Json.mapper().createObjectNode().put("version", bundle.version());
    shown.set("floors", Json.mapper().valueToTree(bundle.floors()));
    return options.show(shown);
  }
}
