package dev.weir.query.sum.custody;

/** Places where a test lets the custodian die while it releases a sum. */
public enum SumPoint {
  /** The noise is drawn, nothing is stored. */
  DRAWN,
  /** Charge and noised total are written, not committed. */
  STORED,
  /** Committed; the operation domain's ledger has not been asked. */
  KEPT,
  /** The ledger has charged; the leaf is not written. */
  CHARGED;

  /** Told whenever a release passes a point; a service's probe does nothing. */
  @FunctionalInterface
  public interface Probe {
    Probe NONE = point -> {};

    void reach(SumPoint point);
  }
}
