package dev.weir.query.job;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemType;
import java.util.Locale;
import java.util.Optional;

/** Tells what of an allotment does not cover a question: ρ, or only the δ of private selection. */
final class Shortfall {
  private static final Bilingual DELTA =
      new Bilingual(
          "合约剩余的 δ 不足以支付私有选择分组；请以更小的 picoDelta 提问，或按有声明取值域的列分组。",
          "What is left of the contract's δ does not cover selecting groups privately; ask with a"
              + " smaller picoDelta, or group by columns whose key domain is declared.");
  private static final Bilingual RHO =
      new Bilingual(
          "合约剩余的隐私预算不足以支付此查询。",
          "What is left of the contract's privacy budget does not cover the query.");
  private static final Bilingual RHO_OF_EACH =
      new Bilingual(
          "合约剩余的隐私预算不足以支付此查询所涉的每一条数据血缘。",
          "What is left of the contract's privacy budgets does not cover the query on every lineage"
              + " it touches.");

  private Shortfall() {}

  /**
   * The figures are the consumer's own, so the refusal tells them.
   *
   * @param lineages that the question touches
   * @return empty when the cost is covered
   */
  static Optional<RefusalView> of(
      Expected.LineageCost cost, long remainingNanoRho, long remainingPicoDelta, int lineages) {
    if (cost.nanoRho() > remainingNanoRho) {
      return Optional.of(
          refusal(lineages == 1 ? RHO : RHO_OF_EACH, cost.nanoRho(), remainingNanoRho, "nano-ρ"));
    }
    return cost.picoDelta() > remainingPicoDelta
        ? Optional.of(refusal(DELTA, cost.picoDelta(), remainingPicoDelta, "pico-δ"))
        : Optional.empty();
  }

  private static RefusalView refusal(Bilingual why, long cost, long remaining, String unit) {
    return RefusalView.of(
        ProblemType.BUDGET_EXHAUSTED,
        "allotment",
        new Bilingual(
            why.zh() + String.format(Locale.ROOT, "需 %,d %s，尚余 %,d。", cost, unit, remaining),
            why.en()
                + String.format(
                    Locale.ROOT, " It costs %,d %s; %,d are left.", cost, unit, remaining)));
  }
}
