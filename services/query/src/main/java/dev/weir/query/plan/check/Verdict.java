package dev.weir.query.plan.check;

/** How two answers lie to each other. */
public enum Verdict {
  /** No two cohorts tell a small group apart. */
  SAFE,
  /** Some difference is smaller than the minimum group. */
  TOO_CLOSE,
  /** The answers are over different resources and cannot be laid over each other: refuse. */
  INCOMPARABLE
}
