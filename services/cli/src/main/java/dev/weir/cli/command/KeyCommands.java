package dev.weir.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.client.PartyKey;
import dev.weir.runtime.json.Json;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir key}: keys that only their party holds. */
@Command(name = "key", description = "Signing keys / 签名密钥", mixinStandardHelpOptions = true)
public final class KeyCommands {

  @Command(
      name = "generate",
      description = "Make a key: SM2, or Ed25519 with --suite intl / 生成密钥",
      mixinStandardHelpOptions = true)
  int generate(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Option(names = "--suite", defaultValue = "gm", description = "gm or intl / 密码套件")
          String suite)
      throws IOException {
    try (var passphrase = key.passphrase(true)) {
      return options.show(
          shown(
              PartyKey.generate(
                  SigningSuite.named(suite), key.file(), passphrase, new SecureRandom())));
    }
  }

  @Command(
      name = "show",
      description = "The public half of a key / 查看公钥",
      mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin KeyOptions key) throws IOException {
    return options.show(shown(key.read()));
  }

  private static ObjectNode shown(PartyKey key) {
    return Json.mapper()
        .createObjectNode()
        .put("keyId", key.keyId())
        .put("suite", key.suite())
        .put("publicKey", key.publicKey());
  }
}
