package dev.weir.cli.aggregate;

import picocli.CommandLine.Option;

/** Which aggregator is asked. Confined to its command. */
final class AtOption {
  @Option(
      names = "--at",
      paramLabel = "AGGREGATOR",
      required = true,
      description =
          "leader or helper, as the account's profile names them, or an address such as"
              + " https://leader.example/dap/ / leader 或 helper（取账户配置中的地址），或聚合方地址")
  private String at = "";

  String value() {
    return at;
  }
}
