package dev.weir.benchmarks.prio3;

import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Prio3Instance;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One instance that both sides run.
 *
 * @param name as the peer prints it
 * @param kind as the peer shards it; empty where it does not
 * @param sample a valid measurement for any number
 */
record Contest(String name, String kind, Prio3Instance instance, LongFunction<Measurement> sample) {
  private static final int VECTOR = 1_000;
  private static final int OPTIONS = 100;

  static final List<Contest> ALL =
      List.of(
          new Contest(
              "Prio3Count",
              "count",
              new Prio3Instance.Count(),
              seed -> Measurement.yes(seed % 2 == 1)),
          new Contest(
              "Prio3Sum(255)",
              "sum255",
              new Prio3Instance.Sum(255),
              seed -> Measurement.number(seed % 256)),
          new Contest(
              "Prio3Histogram(256,16)",
              "histogram256x16",
              new Prio3Instance.Histogram(256, 16),
              seed -> Measurement.bucket((int) (seed % 256))),
          new Contest(
              "Prio3SumVec(1000x1,32)",
              "sumvec1000x1x32",
              new Prio3Instance.SumVec(VECTOR, 1, 32),
              Contest::bits),
          new Contest(
              "Prio3MultihotCountVec(100,10,10)",
              "",
              new Prio3Instance.MultihotCountVec(OPTIONS, 10, 10),
              Contest::choices));

  private static Measurement bits(long seed) {
    var values = new long[VECTOR];
    for (int i = 0; i < VECTOR; i++) {
      values[i] = (seed >>> (i % 8)) & 1;
    }
    return Measurement.vector(values);
  }

  private static Measurement choices(long seed) {
    var chosen = new boolean[OPTIONS];
    for (int i = 0; i < OPTIONS; i += 10) {
      chosen[i] = ((seed >>> (i / 10)) & 1) == 1;
    }
    return Measurement.choices(chosen);
  }
}
