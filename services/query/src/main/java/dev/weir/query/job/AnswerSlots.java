package dev.weir.query.job;

import dev.weir.policy.product.ProductKind;
import dev.weir.query.plan.CheckedPlan;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets dp answers out only at fixed times after their start: the slot, twice the slot, four times …
 * so that how long the engine took says almost nothing about the data. Immutable.
 *
 * @param slot the first time at which an answer may leave
 */
record AnswerSlots(Duration slot) {
  private static final long SLICE_NANOS = 100_000_000;

  /**
   * Waits for the next slot of a dp plan, or until the query is stopped; returns at once for an
   * exact one.
   *
   * @param startNanos of {@link System#nanoTime}
   */
  void await(long startNanos, CheckedPlan plan, BooleanSupplier stopped) {
    if (plan.kind() == ProductKind.EXACT) {
      return;
    }
    long due = startNanos + next(System.nanoTime() - startNanos);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        return;
      }
      LockSupport.parkNanos(Math.min(left, SLICE_NANOS));
    }
  }

  /** The first slot that is not before {@code elapsedNanos}. */
  long next(long elapsedNanos) {
    long due = slot.toNanos();
    while (due < elapsedNanos) {
      due *= 2;
    }
    return due;
  }
}
