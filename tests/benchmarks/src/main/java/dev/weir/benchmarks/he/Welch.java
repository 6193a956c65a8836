package dev.weir.benchmarks.he;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Welch's t between the times of two pieces of work. Stateless. */
final class Welch {
  private Welch() {}

  /**
   * The size of t over times below the 99th percentile of all, as is usual; taken in turns, so that
   * neither is always the one that comes second.
   */
  static double t(int runs, Callable<?> first, Callable<?> second) throws Exception {
    var times = new double[2][runs];
    for (int run = 0; run < runs; run++) {
      boolean swapped = run % 2 == 1;
      times[swapped ? 1 : 0][run] = ThreadTime.millis(swapped ? second : first);
      times[swapped ? 0 : 1][run] = ThreadTime.millis(swapped ? first : second);
    }
    return t(times[0], times[1]);
  }

  static double t(double[] first, double[] second) {
    double[][] times = {first, second};
    double cut =
        Arrays.stream(times)
            .flatMapToDouble(Arrays::stream)
            .sorted()
            .skip((first.length + second.length) * 99L / 100)
            .findFirst()
            .orElseThrow();
    var left = Moments.of(first, cut);
    var right = Moments.of(second, cut);
    return Math.abs(left.mean - right.mean) / Math.sqrt(left.error + right.error);
  }

  /**
   * @param error of the mean, squared
   */
  private record Moments(double mean, double error) {
    static Moments of(double[] times, double cut) {
      var kept = Arrays.stream(times).filter(time -> time < cut).toArray();
      double mean = Arrays.stream(kept).average().orElseThrow();
      double squares = Arrays.stream(kept).map(time -> (time - mean) * (time - mean)).sum();
      return new Moments(mean, squares / (kept.length - 1) / kept.length);
    }
  }
}
