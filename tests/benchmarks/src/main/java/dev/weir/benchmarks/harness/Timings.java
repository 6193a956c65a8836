package dev.weir.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.Callable;

/** How long the same thing took, many times. Immutable. */
public final class Timings {
  private final long[] sortedNanos;

  private Timings(long[] nanos) {
    this.sortedNanos = nanos.clone();
    Arrays.sort(sortedNanos);
  }

  /** Runs the work without looking, then {@code runs} times under the clock. */
  public static Timings of(int warmUps, int runs, Callable<?> work) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      Sink.take(work.call());
    }
    var nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      Object result = work.call();
      nanos[i] = System.nanoTime() - start;
      Sink.take(result);
    }
    return new Timings(nanos);
  }

  public static Timings ofNanos(Collection<Long> nanos) {
    return new Timings(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  public int count() {
    return sortedNanos.length;
  }

  /** The smallest time that at least this share of the runs kept, in nanoseconds. */
  public double nanos(double quantile) {
    int index = (int) Math.ceil(quantile * sortedNanos.length) - 1;
    return sortedNanos[Math.clamp(index, 0, sortedNanos.length - 1)];
  }

  public double medianMillis() {
    return nanos(0.5) / 1e6;
  }

  public double p99Millis() {
    return nanos(0.99) / 1e6;
  }
}
