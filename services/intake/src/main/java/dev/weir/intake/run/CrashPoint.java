package dev.weir.intake.run;

/** Places where a test lets a run die. */
enum CrashPoint {
  STREAM_OPENED,
  ROW_SENT,
  BEFORE_COMMIT,
  AFTER_COMMIT,
  BEFORE_SEAL,
  AFTER_SEAL;

  /** Told whenever a run passes a point; a service's probe does nothing. */
  @FunctionalInterface
  interface Probe {
    Probe NONE = point -> {};

    void reach(CrashPoint point);
  }
}
