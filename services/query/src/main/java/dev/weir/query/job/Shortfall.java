package dev.weir.query.job;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProblemType;

/** What of an allotment does not cover a question: ρ, or only the δ of private group selection. */
enum Shortfall {
  NONE,
  RHO,
  DELTA;

  static Shortfall of(
      long nanoRho, long picoDelta, long remainingNanoRho, long remainingPicoDelta) {
    if (nanoRho > remainingNanoRho) {
      return RHO;
    }
    return picoDelta > remainingPicoDelta ? DELTA : NONE;
  }

  /**
   * @param lineages that the question touches
   */
  RefusalView refusal(int lineages) {
    return RefusalView.of(ProblemType.BUDGET_EXHAUSTED, "allotment", text(lineages));
  }

  private Bilingual text(int lineages) {
    if (this == DELTA) {
      return new Bilingual(
          "合约剩余的 δ 不足以支付私有选择分组；请以更小的 picoDelta 提问，或按有声明取值域的列分组。",
          "What is left of the contract's δ does not cover selecting groups privately; ask with a"
              + " smaller picoDelta, or group by columns whose key domain is declared.");
    }
    return lineages == 1
        ? new Bilingual(
            "合约剩余的隐私预算不足以支付此查询。",
            "What is left of the contract's privacy budget does not cover the query.")
        : new Bilingual(
            "合约剩余的隐私预算不足以支付此查询所涉的每一条数据血缘。",
            "What is left of the contract's privacy budgets does not cover the query on every lineage"
                + " it touches.");
  }
}
