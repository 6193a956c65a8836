package dev.weir.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/** Takes results, so that the compiler cannot leave out the work behind them. Thread-safe. */
public final class Sink {
  private static volatile int seen;

  private Sink() {}

  public static void take(@Nullable Object result) {
    if (System.identityHashCode(result) == seen) {
      seen = System.identityHashCode(result) + 1;
    }
  }
}
