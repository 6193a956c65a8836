package dev.weir.cli.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.aggregation.task.Contributor;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who takes part in a task, as options. Confined to its command. */
final class PartyOptions {
  @Option(
      names = "--leader",
      paramLabel = "CODE",
      required = true,
      description = "credit code of the leader's operator / 主聚合方信用代码")
  private String leader = "";

  @Option(
      names = "--helper",
      paramLabel = "CODE",
      required = true,
      description = "credit code of the helper's operator, another party / 辅聚合方信用代码，须为另一主体")
  private String helper = "";

  @Option(
      names = "--leader-url",
      paramLabel = "URL",
      description =
          "by which the world knows the leader, ends in /, such as https://leader.example/dap/;"
              + " default: from the account's profile / 主聚合方对外地址，以 / 结尾，默认取账户配置")
  private @Nullable URI leaderUrl;

  @Option(
      names = "--helper-url",
      paramLabel = "URL",
      description =
          "by which the world knows the helper, ends in /; default: from the account's profile"
              + " / 辅聚合方对外地址，以 / 结尾，默认取账户配置")
  private @Nullable URI helperUrl;

  @Option(
      names = "--collector",
      paramLabel = "CODE",
      required = true,
      description =
          "credit code of the only party that collects, a user of the contract / 收集方信用代码，须为合约使用方")
  private String collector = "";

  @Option(
      names = "--collector-key",
      paramLabel = "KEY",
      required = true,
      description = "as `weir aggregate key` printed it / 收集方公钥")
  private String collectorKey = "";

  @Option(
      names = "--contributor",
      paramLabel = "CODE=FILE",
      required = true,
      description =
          "who may contribute, repeatable, also for several keys of one party, which counts once and"
              + " has one cap; FILE is what `weir key show --json` printed /"
              + " 上报者及其公钥文件，可多个；同一主体可有多个密钥，但只计为一个上报者并共用一个上限")
  private List<String> contributors = new ArrayList<>();

  CreditCode leader() {
    return code("--leader", leader);
  }

  CreditCode helper() {
    return code("--helper", helper);
  }

  CreditCode collector() {
    return code("--collector", collector);
  }

  /**
   * @throws CommandFault when it is no public key
   */
  String collectorKey() {
    try {
      WireReader.whole(Base64Url.decode(collectorKey), HpkeConfig::read);
      return collectorKey;
    } catch (ProblemException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "--collector-key 不是 `weir aggregate key` 输出的公钥",
          "--collector-key is no key as `weir aggregate key` prints it");
    }
  }

  Optional<URI> leaderUrl() {
    return Optional.ofNullable(leaderUrl);
  }

  Optional<URI> helperUrl() {
    return Optional.ofNullable(helperUrl);
  }

  /**
   * @throws CommandFault that names the file without a public key
   */
  List<Contributor> contributors() throws IOException {
    var all = new ArrayList<Contributor>();
    for (String one : contributors) {
      int at = one.indexOf('=');
      if (at < 0) {
        throw new CommandFault(
            ExitCode.USAGE,
            "--contributor 须为 CODE=FILE：上报者的信用代码与其公钥文件",
            "--contributor is CODE=FILE: the contributor's credit code and the file of its key");
      }
      all.add(
          contributor(code("--contributor", one.substring(0, at)), Path.of(one.substring(at + 1))));
    }
    return all;
  }

  private static Contributor contributor(CreditCode party, Path file) throws IOException {
    try {
      JsonNode shown = Json.mapper().readTree(Files.readAllBytes(file));
      byte[] key = Base64.getDecoder().decode(shown.path("publicKey").asText());
      return new Contributor(
          party, shown.path("suite").asText(), Base64Url.encode(Bytes.owning(key)));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          file + " 不是公钥：应为 `weir key show --json` 的输出",
          file + " holds no public key as `weir key show --json` prints it");
    }
  }

  private static CreditCode code(String option, String text) {
    if (!CreditCode.isValid(text)) {
      throw new CommandFault(
          ExitCode.USAGE, option + " 不是统一社会信用代码", option + " is not a credit code after GB 32100");
    }
    return CreditCode.of(text);
  }
}
