package dev.weir.aggregation.task;

import dev.weir.privacy.vdaf.Prio3Instance;
import java.math.BigInteger;

/** How much one record can change an aggregate. */
final class Sensitivity {
  private Sensitivity() {}

  /** Δ₂² of the aggregate when one measurement is replaced by another. */
  static BigInteger squared(Prio3Instance instance) {
    return switch (instance) {
      case Prio3Instance.Count() -> BigInteger.ONE;
      case Prio3Instance.Sum(long max) -> square(max);
      case Prio3Instance.SumVec(int length, long max, int chunk) ->
          square(max).multiply(BigInteger.valueOf(length));
      case Prio3Instance.Histogram(int length, int chunk) -> BigInteger.TWO;
      case Prio3Instance.MultihotCountVec(int length, int weight, int chunk) ->
          BigInteger.valueOf(Math.min(length, 2L * weight));
      case Prio3Instance.SumVecMultiproof multi ->
          square(multi.maxMeasurement()).multiply(BigInteger.valueOf(multi.length()));
    };
  }

  private static BigInteger square(long value) {
    return BigInteger.valueOf(value).pow(2);
  }
}
