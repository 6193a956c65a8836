package dev.weir.policy.product;

/**
 * The two kinds of product: a refusal that depends on a true count is itself a release, so only
 * exact products may make one.
 */
public enum ProductKind {
  /** Data without persons, or public: exact aggregates above a minimum group. */
  EXACT,
  /** Differentially private: nothing the consumer sees before release depends on the data. */
  DP
}
