package dev.weir.cli.command;

import dev.weir.cli.ExitCode;
import dev.weir.policy.bundle.BundleSigner;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir bundle}: the signed policy bundle that every decision names. */
@Command(name = "bundle", description = "The policy bundle / 策略包", mixinStandardHelpOptions = true)
public final class BundleCommands {
  private static final String VARIABLE = "WEIR_BUNDLE_KEY";

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

  @Command(
      name = "sign",
      description = {
        "Sign compliance/bundle of this checkout, as compliance/sign-bundle does before a build."
            + " / 签署本检出的策略包。"
      },
      mixinStandardHelpOptions = true)
  int sign(
      @Option(
              names = "--bundle-key",
              paramLabel = "FILE",
              description =
                  "the signer's own key; default: "
                      + VARIABLE
                      + ", then ~/.config/weir/bundle-signing.pem / 签署私钥")
          @Nullable Path key,
      @Option(
              names = "--new-key",
              description = "make that key first; its public half becomes the trusted one / 先生成密钥")
          boolean newKey)
      throws IOException, GeneralSecurityException {
    Path root = Path.of(System.getProperty("weir.root", ""));
    String trusted = "services/policy/src/main/resources/dev/weir/policy/bundle/bundle-signing.pub";
    Path file = key == null ? defaultKey() : key;
    var arguments =
        new ArrayList<>(
            List.of(
                root.resolve("compliance").resolve("bundle").toString(),
                file.toString(),
                root.resolve(trusted).toString()));
    if (newKey) {
      arguments.add("--new-key");
    }
    BundleSigner.main(arguments.toArray(String[]::new));
    return ExitCode.OK.status();
  }

  private static Path defaultKey() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".config", "weir", "bundle-signing.pem"));
  }
}
