package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir meter}: bills. */
@Command(name = "meter", description = "Metering / 计量", mixinStandardHelpOptions = true)
public final class MeterCommands {
  @Command(
      name = "statement",
      description = "The bill of a contract, folded from its meter leaves / 账单",
      mixinStandardHelpOptions = true)
  int statement(
      @Mixin ClientOptions options,
      @Option(names = "--contract", required = true, description = "contract id / 合约")
          String contract) {
    return options.show(
        options
            .client()
            .get("audit", "/v1/meter/statement?contractId=" + UrlPath.segment(contract)));
  }

  @Command(
      name = "readings",
      description = "The readings behind it / 计量读数",
      mixinStandardHelpOptions = true)
  int readings(
      @Mixin ClientOptions options,
      @Option(names = "--contract", required = true, description = "contract id / 合约")
          String contract) {
    return options.show(
        options
            .client()
            .list("audit", "/v1/meter/readings?limit=200&contractId=" + UrlPath.segment(contract)),
        "index",
        "at",
        "product",
        "calls",
        "nanoRho",
        "fen",
        "reason");
  }
}
