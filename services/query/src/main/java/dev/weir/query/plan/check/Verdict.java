package dev.weir.query.plan.check;

/** How an answer lies to the ones before it. */
public enum Verdict {
  /** Together they tell no small group apart. */
  SAFE,
  /** They tell about fewer records than the minimum group. */
  TOO_CLOSE,
  /** They are over different resources and cannot be laid over each other: refuse. */
  INCOMPARABLE,
  /** They divide the records in more ways than can be looked through: refuse. */
  TOO_MANY
}
