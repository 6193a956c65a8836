package dev.weir.query.job;

import dev.weir.kernel.Bilingual;

/** What the query service says to people, in both languages. */
final class QueryTexts {
  static final Bilingual NO_VERSION =
      new Bilingual(
          "数据资源还没有封存的版本，请稍后再试。", "The resource has no sealed version here yet; try again shortly.");
  static final Bilingual ENGINE =
      new Bilingual("查询引擎未能完成，未扣除任何额度。", "The engine did not finish; nothing was charged.");
  static final Bilingual TIME_LIMIT =
      new Bilingual("查询超过时限，未扣除任何额度。", "The query passed its time limit; nothing was charged.");
  static final Bilingual RESTART =
      new Bilingual(
          "服务重启中断了查询，未放行任何结果。",
          "A restart of the service broke the query off; nothing was released.");
  static final Bilingual CANCELLED =
      new Bilingual("查询已取消，未扣除任何额度。", "The query was cancelled; nothing was charged.");
  static final Bilingual STOPPED =
      new Bilingual(
          "合约或产品在查询期间终止，未放行任何结果。",
          "The contract or product was stopped while the query ran; nothing was released.");
  static final Bilingual QUOTA =
      new Bilingual("合约的调用次数已用完。", "The contract's quota of calls is used up.");

  static final Bilingual TELLING_REFUSALS =
      new Bilingual(
          "该合约下因数据本身而被拒的精确查询过多，不再受理新的精确查询；如需继续，请与提供方另行签订合约。",
          "Too many exact questions under this contract were refused for what the records are; no"
              + " further one is taken. Ask the provider for another contract.");

  static final Bilingual CELLS =
      new Bilingual(
          "贵方已得到同一数据的精确单元，不再给出精确结果：两者相减可能分辨出单条记录。请改用加密查询。",
          "You have been shown exact cells over these data, and get no exact answers beside them:"
              + " their difference may be one record. Ask encrypted questions instead.");

  private QueryTexts() {}
}
