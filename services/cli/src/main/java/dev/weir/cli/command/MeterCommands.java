package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir meter}: bills. */
@Command(name = "meter", description = "Metering / 计量", mixinStandardHelpOptions = true)
public final class MeterCommands {

  /** {@code --contract}, which both verbs are about. */
  static final class Metered {
    @Option(names = "--contract", required = true, description = "contract id / 合约")
    private String contract = "";

    String of(String path) {
      return path + "?contractId=" + UrlPath.segment(contract);
    }
  }

  @Command(
      name = "statement",
      description = "The bill of a contract, folded from its meter leaves / 账单",
      mixinStandardHelpOptions = true)
  int statement(@Mixin ClientOptions options, @Mixin Metered contract) {
    return options.get("audit", contract.of("/v1/meter/statement"));
  }

  @Command(
      name = "readings",
      description = "The readings behind it / 计量读数",
      mixinStandardHelpOptions = true)
  int readings(@Mixin ClientOptions options, @Mixin Metered contract) {
    return options.list(
        "audit",
        contract.of("/v1/meter/readings"),
        "index",
        "at",
        "product",
        "calls",
        "nanoRho",
        "fen",
        "reason");
  }
}
