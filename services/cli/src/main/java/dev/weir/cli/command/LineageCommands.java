package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir lineage}: privacy budgets of the data. */
@Command(
    name = "lineage",
    description = "Privacy budgets by lineage / 数据谱系的隐私预算",
    mixinStandardHelpOptions = true)
public final class LineageCommands {
  @Command(
      name = "propose",
      description = "Propose a cap / 提出预算上限",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--nano-rho", required = true, description = "zCDP rho in 1e-9") long nanoRho,
      @Option(names = "--pico-delta", description = "delta in 1e-12") long picoDelta,
      @Option(names = "--reason", required = true, description = "why / 原因") String reason) {
    var draft = Map.of("capNanoRho", nanoRho, "capPicoDelta", picoDelta, "reason", reason);
    return options.show(options.client().post("space", path(id) + "/cap-proposals", draft));
  }

  @Command(
      name = "approve",
      description = "Approve a cap, by another person / 由第二人批准上限",
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id,
      @Option(names = "--proposal", required = true, description = "proposal id / 提议编号")
          String proposal) {
    return options.show(
        options
            .client()
            .post("space", path(id) + "/cap-proposals/" + UrlPath.segment(proposal) + "/approval"));
  }

  @Command(
      name = "show",
      description = "Cap and what is spent / 查看预算",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin ClientOptions options,
      @Parameters(paramLabel = "ID", description = "id / 编号") String id) {
    return options.show(options.client().get("space", path(id)));
  }

  private static String path(String id) {
    return "/v1/lineages/" + UrlPath.segment(id);
  }
}
