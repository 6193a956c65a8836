package dev.weir.cli.command;

import dev.weir.cli.client.SigningDesk;
import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir participant}: the directory of parties and their keys. */
@Command(
    name = "participant",
    description = "Participants of the space / 参与主体",
    mixinStandardHelpOptions = true)
public final class ParticipantCommands {
  @Command(
      name = "register",
      description = "Register a party from JSON / 登记主体",
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
    return options.show(options.client().post("space", "/v1/participants", JsonBody.read(file)));
  }

  @Command(name = "list", description = "All participants / 主体名录", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("space", "/v1/participants?limit=200"),
        "creditCode",
        "name",
        "roles",
        "active",
        "version");
  }

  @Command(name = "show", description = "One participant / 查看主体", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "CODE", description = "credit code / 统一社会信用代码") String code) {
    return options.show(options.client().get("space", "/v1/participants/" + UrlPath.segment(code)));
  }

  @Command(
      name = "key",
      description = "Register the public half of a key with proof of possession / 登记公钥并证明持有",
      mixinStandardHelpOptions = true)
  int key(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Parameters(paramLabel = "CODE", description = "credit code / 统一社会信用代码") String code)
      throws IOException {
    return options.show(new SigningDesk(options.client(), key.read()).register(code));
  }

  @Command(
      name = "revoke-key",
      description = "Revoke a key / 撤销公钥",
      mixinStandardHelpOptions = true)
  int revokeKey(
      @Mixin ClientOptions options,
      @Parameters(index = "0", paramLabel = "CODE", description = "credit code / 统一社会信用代码")
          String code,
      @Parameters(index = "1", paramLabel = "KEY", description = "key id / 密钥编号") String keyId,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    String path = "/v1/participants/" + UrlPath.segment(code) + "/keys/" + UrlPath.segment(keyId);
    return options.show(
        options.client().post("space", path + "/revocation", Map.of("reason", reason)));
  }
}
