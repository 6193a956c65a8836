package dev.weir.query.rollup;

/** Places where a test lets the closing of an epoch die. */
enum EpochPoint {
  /** The noise is drawn, nothing is stored. */
  DRAWN,
  /** Charge, draw and evidence are written, not committed. */
  CHARGED,
  /** Committed, not published. */
  COMMITTED;

  /** Told whenever a closing passes a point; a service's probe does nothing. */
  @FunctionalInterface
  interface Probe {
    Probe NONE = point -> {};

    void reach(EpochPoint point);
  }
}
