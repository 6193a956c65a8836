package dev.weir.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/** Takes results, so that the compiler cannot leave out the work behind them. Thread-safe. */
public final class Sink {
  @SuppressWarnings("unused") // read by nobody: that it could be is the point
  private static volatile @Nullable Object last;

  private Sink() {}

  public static void take(@Nullable Object result) {
    last = result;
  }
}
