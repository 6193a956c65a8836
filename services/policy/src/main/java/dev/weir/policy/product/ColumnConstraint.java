package dev.weir.policy.product;

/**
 * How one column may be used; several may hold together, and a use is allowed when any of them
 * allows it.
 */
public enum ColumnConstraint {
  PLAINTEXT,
  PLAINTEXT_AFTER_JOIN,
  PLAINTEXT_AFTER_GROUP_BY,
  PLAINTEXT_AFTER_AGGREGATE,
  PLAINTEXT_AFTER_COMPARE,
  JOIN_KEY_ONLY,
  /** Overrides every other constraint. */
  NEVER
}
