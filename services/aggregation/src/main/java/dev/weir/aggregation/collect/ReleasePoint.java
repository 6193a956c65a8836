package dev.weir.aggregation.collect;

/** Places where a rehearsal lets an aggregator die while it releases a batch. */
public enum ReleasePoint {
  /** The noise is drawn, nothing is stored. */
  DRAWN,
  /** The ledger has charged and keeps the noised share; not committed. */
  CHARGED,
  /** Share and leaves are written too; not committed. */
  STORED,
  /** Committed, nothing sent. */
  COMMITTED,
  /** Sent, and nobody knows whether it arrived. */
  SENT;

  /** True where noise is drawn and not committed. */
  public boolean isBeforeCommit() {
    return switch (this) {
      case DRAWN, CHARGED, STORED -> true;
      case COMMITTED, SENT -> false;
    };
  }

  /** Told whenever a release passes a point; a service's probe does nothing. */
  @FunctionalInterface
  public interface Probe {
    Probe NONE = point -> {};

    void reach(ReleasePoint point);
  }
}
