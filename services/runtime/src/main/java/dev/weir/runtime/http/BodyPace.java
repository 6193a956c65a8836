package dev.weir.runtime.http;

import java.util.function.LongSupplier;

/**
 * How long a body kept its reader waiting. Only waiting counts: what the service does between two
 * reads is not the client's doing. Confined to one reader.
 */
final class BodyPace {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Waiting that is free, so that small bodies pass over any line. */
  private static final long GRACE_NANOS = 3 * NANOS_PER_SECOND;

  private static final long MIN_BYTES_PER_SECOND = 1024;

  private final LongSupplier nanoTime;
  private long waitedNanos;
  private long waitingSince;
  private boolean waiting;

  BodyPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Nothing has arrived; what follows is the client's time. */
  void waits() {
    if (!waiting) {
      waiting = true;
      waitingSince = nanoTime.getAsLong();
    }
  }

  /** Something has arrived; what follows is the service's time. */
  void continues() {
    if (waiting) {
      waiting = false;
      waitedNanos += nanoTime.getAsLong() - waitingSince;
    }
  }

  /** Whether this many bytes are enough for the waiting so far. */
  boolean keepsUp(long bytes) {
    return bytes * NANOS_PER_SECOND >= (waitedNanos - GRACE_NANOS) * MIN_BYTES_PER_SECOND;
  }
}
