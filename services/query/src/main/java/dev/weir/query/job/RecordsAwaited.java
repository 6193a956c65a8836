package dev.weir.query.job;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether a question should wait for records that are on their way into the engine, instead of
 * being refused for want of them. Depends on versions alone, never on what records hold.
 *
 * @param copying whether a sealed version is known that is not here yet
 */
record RecordsAwaited(BooleanSupplier copying) {
  /** A version that intake has just sealed is heard of a little later. */
  static final Duration GRACE = Duration.ofSeconds(30);

  static final Duration LIMIT = Duration.ofMinutes(10);

  /**
   * @param waited how long the question has waited
   * @param present whether every product it names has a version here
   */
  boolean shouldWait(Duration waited, BooleanSupplier present) {
    Duration limit = copying.getAsBoolean() ? LIMIT : GRACE;
    return waited.compareTo(limit) < 0 && !present.getAsBoolean();
  }
}
