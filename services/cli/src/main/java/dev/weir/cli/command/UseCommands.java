package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir use}: what a provider watches. */
@Command(
    name = "use",
    description = "Uses of one's products / 产品使用记录",
    mixinStandardHelpOptions = true)
public final class UseCommands {
  @Command(
      name = "list",
      description = "Uses, newest first / 使用列表",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin ClientOptions options,
      @Option(
              names = "--contract",
              defaultValue = "",
              description = "of this contract alone / 仅此合约")
          String contract) {
    String filter = contract.isEmpty() ? "" : "?contractId=" + UrlPath.segment(contract);
    return options.list(
        "query",
        "/v1/uses" + filter,
        "createdAt",
        "kind",
        "consumer",
        "purpose",
        "status",
        "rule",
        "nanoRho",
        "fen");
  }
}
