package dev.weir.cli.command;

import dev.weir.cli.client.UrlPath;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir lineage}: privacy budgets of the data. */
@Command(
    name = "lineage",
    description = "Privacy budgets by lineage / 数据谱系的隐私预算",
    mixinStandardHelpOptions = true)
public final class LineageCommands {
  private static final String LINEAGES = "/v1/lineages";

  @Command(
      name = "propose",
      description = "Propose a cap / 提出预算上限",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(names = "--nano-rho", required = true, description = "zCDP rho in 1e-9 / ρ，单位 10⁻⁹")
          long nanoRho,
      @Option(names = "--pico-delta", description = "delta in 1e-12 / δ，单位 10⁻¹²") long picoDelta,
      @Mixin Reason reason) {
    var draft = Map.of("capNanoRho", nanoRho, "capPicoDelta", picoDelta, "reason", reason.text());
    return options.post("space", id.in(LINEAGES) + "/cap-proposals", draft);
  }

  @Command(
      name = "approve",
      description = "Approve a cap, by another person / 由第二人批准上限",
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin ClientOptions options,
      @Mixin Id id,
      @Option(names = "--proposal", required = true, description = "proposal id / 提议编号")
          String proposal) {
    String proposals = id.in(LINEAGES) + "/cap-proposals/";
    return options.post("space", proposals + UrlPath.segment(proposal) + "/approval");
  }

  @Command(
      name = "show",
      description = "Cap and what is spent / 查看预算",
      mixinStandardHelpOptions = true)
  int show(@Mixin ClientOptions options, @Mixin Id id) {
    return options.get("space", id.in(LINEAGES));
  }
}
