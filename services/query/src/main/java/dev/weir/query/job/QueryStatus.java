package dev.weir.query.job;

/** Where a query stands. */
public enum QueryStatus {
  ACCEPTED,
  RUNNING,
  DONE,
  /** The policy, the plan or the release rules said no. */
  REFUSED,
  /** The service or the engine failed, or was restarted; nothing was released. */
  FAILED,
  CANCELLED;

  public boolean isFinal() {
    return switch (this) {
      case ACCEPTED, RUNNING -> false;
      case DONE, REFUSED, FAILED, CANCELLED -> true;
    };
  }
}
