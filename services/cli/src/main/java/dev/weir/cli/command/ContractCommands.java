package dev.weir.cli.command;

import dev.weir.cli.ExitCode;
import dev.weir.cli.client.SigningDesk;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir contract}: negotiate, sign, end. */
@Command(
    name = "contract",
    description = "Digital contracts / 数字合约",
    mixinStandardHelpOptions = true)
public final class ContractCommands {
  private static final String CONTRACTS = "/v1/contracts";

  @Command(
      name = "propose",
      description = "Propose a contract from JSON / 提出合约",
      mixinStandardHelpOptions = true)
  int propose(@Mixin ClientOptions options, @Mixin BodyFile draft) throws IOException {
    return options.post("space", CONTRACTS, draft.read());
  }

  @Command(
      name = "counter",
      description = "Answer with a new round from JSON / 提出新一轮条款",
      mixinStandardHelpOptions = true)
  int counter(@Mixin ClientOptions options, @Mixin Id id, @Mixin BodyFile round)
      throws IOException {
    return options.post("space", id.in(CONTRACTS) + "/rounds", round.read());
  }

  @Command(
      name = "accept",
      description = "Agree to the newest round / 同意最新一轮",
      mixinStandardHelpOptions = true)
  int accept(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(names = "--round", required = true, description = "the round read / 轮次") int round) {
    return options.post("space", id.in(CONTRACTS) + "/acceptance", Map.of("round", round));
  }

  @Command(
      name = "withdraw",
      description = "Walk away before all have signed / 退出洽谈",
      mixinStandardHelpOptions = true)
  int withdraw(@Mixin ClientOptions options, @Mixin Id id, @Mixin Reason reason) {
    return options.post("space", id.in(CONTRACTS) + "/withdrawal", reason.body());
  }

  @Command(
      name = "terms",
      description = "What would be signed, and its SHA-256 / 查看待签条款及其摘要",
      mixinStandardHelpOptions = true)
  int terms(@Mixin ClientOptions options, @Mixin Id id) {
    var terms = new SigningDesk(options.client()).terms(id.text());
    Summaries.show(terms, options, System.out);
    return ExitCode.OK.status();
  }

  @Command(
      name = "sign",
      description = "Sign the terms with the party's own key / 用本方密钥签署",
      mixinStandardHelpOptions = true)
  int sign(
      @Mixin ClientOptions options,
      @Mixin KeyOptions key,
      @Mixin Id id,
      @Option(
              names = "--terms-sha256",
              paramLabel = "HEX",
              defaultValue = "",
              description = "sign these terms only, as `contract terms` showed them / 只签该摘要的条款")
          String sha256,
      @Mixin Consent consent)
      throws IOException {
    var desk = new SigningDesk(options.client());
    var terms = desk.terms(id.text()).require(sha256);
    Summaries.show(terms, options, System.err);
    consent.require(sha256, options.language());
    return options.show(desk.sign(terms, key.read()));
  }

  @Command(name = "show", description = "One contract / 查看合约", mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(CONTRACTS));
  }

  @Command(name = "history", description = "Its history / 历史", mixinStandardHelpOptions = true)
  int history(@Mixin ClientOptions options, @Mixin Id id) {
    return options.list(
        "space", id.in(CONTRACTS) + "/history", "version", "step", "at", "party", "operation");
  }

  @Command(
      name = "stop",
      description = "Stop all uses at once / 立即停止使用",
      mixinStandardHelpOptions = true)
  int stop(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(
              names = "--reason",
              defaultValue = "RISK",
              description = "BREACH, RISK, DATA_DEFECT, LEGAL or OTHER / 原因")
          String reason,
      @Option(names = "--product", defaultValue = "", description = "this product alone / 仅此产品")
          String product,
      @Option(
              names = "--note",
              defaultValue = "",
              description = "in your own words; kept as evidence / 书面说明，留作证据")
          String note) {
    var stop = new TreeMap<>(Map.of("reason", reason, "productId", product, "note", note));
    stop.values().removeIf(String::isEmpty);
    return options.post("space", id.in(CONTRACTS) + "/stop", stop);
  }

  @Command(
      name = "terminate",
      description = "Agree to the end / 同意终止",
      mixinStandardHelpOptions = true)
  int terminate(@Mixin ClientOptions options, @Mixin Id id, @Mixin Reason reason) {
    return options.post("space", id.in(CONTRACTS) + "/termination", reason.body());
  }

  @Command(name = "list", description = "Contracts / 合约列表", mixinStandardHelpOptions = true)
  int list(@Mixin ClientOptions options) {
    return options.list("space", CONTRACTS, "id", "code", "name", "status", "round", "term.to");
  }
}
