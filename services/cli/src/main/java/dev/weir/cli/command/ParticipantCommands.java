package dev.weir.cli.command;

import dev.weir.cli.client.SigningDesk;
import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir participant}: the directory of parties and their keys. */
@Command(
    name = "participant",
    description = "Participants of the space / 参与主体",
    mixinStandardHelpOptions = true)
public final class ParticipantCommands {
  private static final String PARTICIPANTS = "/v1/participants";

  /** The credit code of a party. */
  static final class Code {
    @Parameters(index = "0", paramLabel = "CODE", description = "credit code / 统一社会信用代码")
    private String text = "";

    String path() {
      return PARTICIPANTS + "/" + UrlPath.segment(text);
    }
  }

  @Command(
      name = "register",
      description = "Register a party from JSON / 登记主体",
      mixinStandardHelpOptions = true)
  int register(@Mixin ClientOptions options, @Mixin BodyFile party) throws IOException {
    return options.post("space", PARTICIPANTS, party.read());
  }

  @Command(name = "list", description = "All participants / 主体名录", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list("space", PARTICIPANTS, "creditCode", "name", "roles", "active", "version");
  }

  @Command(name = "show", description = "One participant / 查看主体", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Code code) {
    return options.get("space", code.path());
  }

  @Command(
      name = "suspend",
      description = "Suspend a party / 暂停主体",
      mixinStandardHelpOptions = true)
  int suspend(@Mixin ClientOptions options, @Mixin Code code, @Mixin Reason reason) {
    return options.post("space", code.path() + "/suspension", reason.body());
  }

  @Command(
      name = "key",
      description = "Register the public half of a key with proof of possession / 登记公钥并证明持有",
      mixinStandardHelpOptions = true)
  int key(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Parameters(
              paramLabel = "CODE",
              arity = "0..1",
              defaultValue = "",
              description = "credit code; the account's own party when left out / 信用代码，省略则为本方")
          String code)
      throws IOException {
    var client = options.client();
    String party = code.isEmpty() ? client.party() : code;
    return options.show(new SigningDesk(client).register(party, key.read()));
  }

  @Command(
      name = "revoke-key",
      description = "Revoke a key / 撤销公钥",
      mixinStandardHelpOptions = true)
  int revokeKey(
      @Mixin ClientOptions options,
      @Mixin Code code,
      @Parameters(index = "1", paramLabel = "KEY", description = "key id / 密钥编号") String keyId,
      @Mixin Reason reason) {
    String key = code.path() + "/keys/" + UrlPath.segment(keyId);
    return options.post("space", key + "/revocation", reason.body());
  }
}
