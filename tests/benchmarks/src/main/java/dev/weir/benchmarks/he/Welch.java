package dev.weir.benchmarks.he;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Welch's t between the times of two pieces of work. Stateless. */
final class Welch {
  private Welch() {}

  /**
   * The size of t over times below the 99th percentile of all, as is usual; taken in pairs, of
   * which either comes first at random: what a run leaves in caches then belongs to neither.
   *
   * @param first prepares its work, which does not count, and gives it
   */
  static double t(int runs, Supplier<Callable<?>> first, Supplier<Callable<?>> second)
      throws Exception {
    var times = new double[2][runs];
    var order = new Random(runs);
    for (int run = 0; run < runs; run++) {
      boolean swapped = order.nextBoolean();
      times[swapped ? 1 : 0][run] = ThreadTime.millis((swapped ? second : first).get());
      times[swapped ? 0 : 1][run] = ThreadTime.millis((swapped ? first : second).get());
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
