package dev.weir.query.use;

/** Where a use stands. */
public enum UseStatus {
  /** Allowed; nothing was asked yet. Shown to nobody. */
  OPEN,
  ACCEPTED,
  RUNNING,
  DONE,
  /** The policy, the plan or the release rules said no. */
  REFUSED,
  /** Nothing was released. */
  FAILED,
  CANCELLED
}
