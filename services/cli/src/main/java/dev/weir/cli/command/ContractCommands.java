package dev.weir.cli.command;

import dev.weir.cli.client.SigningDesk;
import dev.weir.cli.client.UrlPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir contract}: negotiate, sign, end. */
@Command(
    name = "contract",
    description = "Digital contracts / 数字合约",
    mixinStandardHelpOptions = true)
public final class ContractCommands {
  @Command(
      name = "propose",
      description = "Propose a contract from JSON / 提出合约",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin ClientOptions options,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file)
      throws IOException {
    return options.show(options.client().post("space", "/v1/contracts", JsonBody.read(file)));
  }

  @Command(
      name = "counter",
      description = "Answer with a new round from JSON / 提出新一轮条款",
      mixinStandardHelpOptions = true)
  int counter(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(
              names = {"-f", "--file"},
              paramLabel = "FILE",
              required = true,
              description = "JSON after schemas/openapi; - reads standard input / JSON 文件")
          Path file)
      throws IOException {
    return options.show(options.client().post("space", path(id) + "/rounds", JsonBody.read(file)));
  }

  @Command(
      name = "accept",
      description = "Agree to the newest round / 同意最新一轮",
      mixinStandardHelpOptions = true)
  int accept(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--round", required = true, description = "the round read / 轮次") int round) {
    return options.show(
        options.client().post("space", path(id) + "/acceptance", Map.of("round", round)));
  }

  @Command(
      name = "withdraw",
      description = "Walk away before all have signed / 退出洽谈",
      mixinStandardHelpOptions = true)
  int withdraw(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    return options.show(
        options.client().post("space", path(id) + "/withdrawal", Map.of("reason", reason)));
  }

  @Command(
      name = "sign",
      description = "Sign the terms with the party's own key / 用本方密钥签署",
      mixinStandardHelpOptions = true)
  int sign(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id)
      throws IOException {
    var desk = new SigningDesk(options.client(), key.read());
    byte[] terms = desk.terms(id);
    Summaries.terms(terms, options.language(), System.err);
    return options.show(desk.signContract(id, terms));
  }

  @Command(name = "show", description = "One contract / 查看合约", mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id)));
  }

  @Command(name = "history", description = "Its history / 历史", mixinStandardHelpOptions = true)
  int history(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(
        options.client().list("space", path(id) + "/history?limit=200"),
        "version",
        "step",
        "at",
        "party",
        "operation");
  }

  @Command(
      name = "stop",
      description = "Stop all uses at once / 立即停止使用",
      mixinStandardHelpOptions = true)
  int stop(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(
              names = "--reason",
              defaultValue = "RISK",
              description = "BREACH, RISK, DATA_DEFECT, LEGAL or OTHER / 原因")
          String reason,
      @Option(names = "--product", description = "this product alone / 仅此产品")
          @Nullable String product) {
    var stop = new TreeMap<String, String>(Map.of("reason", reason));
    if (product != null) {
      stop.put("productId", product);
    }
    return options.show(options.client().post("space", path(id) + "/stop", stop));
  }

  @Command(
      name = "terminate",
      description = "Agree to the end / 同意终止",
      mixinStandardHelpOptions = true)
  int terminate(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    return options.show(
        options.client().post("space", path(id) + "/termination", Map.of("reason", reason)));
  }

  @Command(name = "list", description = "Contracts / 合约列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.show(
        options.client().list("space", "/v1/contracts?limit=200"),
        "id",
        "code",
        "name",
        "status",
        "round",
        "term.to");
  }

  private static String path(String id) {
    return "/v1/contracts/" + UrlPath.segment(id);
  }
}
