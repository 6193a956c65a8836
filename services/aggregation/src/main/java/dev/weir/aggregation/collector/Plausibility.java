package dev.weir.aggregation.collector;

import dev.weir.aggregation.task.TaskNoise;
import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.noise.Rational;
import dev.weir.privacy.vdaf.Prio3Instance;
import dev.weir.privacy.vdaf.UnverifiedVector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds an aggregate against [0, greatest · reports] and the tail of the noise: the only thing that
 * a collector can see of an aggregator that adds what it likes to its own share. A sound aggregate
 * is doubted with probability at most 2·10⁻⁹. Immutable.
 */
public final class Plausibility {
  private final TaskNoise noise;

  public Plausibility(TaskNoise noise) {
    this.noise = noise;
  }

  /** What speaks against the values; empty when nothing does. */
  public List<Alert> alerts(long reports, List<BigInteger> values) {
    var alerts = new ArrayList<Alert>();
    var tail = noise.tail();
    var most = BigInteger.valueOf(reports).multiply(greatest()).add(tail);
    if (values.stream().anyMatch(value -> value.compareTo(tail.negate()) < 0)) {
      alerts.add(Alert.BELOW_RANGE);
    }
    if (values.stream().anyMatch(value -> value.compareTo(most) > 0)) {
      alerts.add(Alert.ABOVE_RANGE);
    }
    if (!totalFits(reports, values)) {
      alerts.add(Alert.TOTAL_OUT_OF_RANGE);
    }
    return alerts;
  }

  /** The greatest value of one element of one measurement. */
  private BigInteger greatest() {
    return switch (noise.instance()) {
      case Prio3Instance.Count() -> BigInteger.ONE;
      case Prio3Instance.Sum(long max) -> BigInteger.valueOf(max);
      case Prio3Instance.SumVec(int length, long max, int chunk) -> BigInteger.valueOf(max);
      case Prio3Instance.SumVecMultiproof vector -> BigInteger.valueOf(vector.maxMeasurement());
      case UnverifiedVector(int length, long max) -> BigInteger.valueOf(max);
      case Prio3Instance.Histogram(int length, int chunk) -> BigInteger.ONE;
      case Prio3Instance.MultihotCountVec(int length, int weight, int chunk) -> BigInteger.ONE;
    };
  }

  /**
   * Each measurement of a histogram is in one bucket; a choice of several has a greatest weight.
   */
  private boolean totalFits(long reports, List<BigInteger> values) {
    return switch (noise.instance()) {
      case Prio3Instance.Histogram(int length, int chunk) ->
          totalIsBetween(BigInteger.valueOf(reports), BigInteger.valueOf(reports), values);
      case Prio3Instance.MultihotCountVec(int length, int weight, int chunk) ->
          totalIsBetween(
              BigInteger.ZERO,
              BigInteger.valueOf(reports).multiply(BigInteger.valueOf(weight)),
              values);
      case Prio3Instance.Count count -> true;
      case Prio3Instance.Sum sum -> true;
      case Prio3Instance.SumVec vector -> true;
      case Prio3Instance.SumVecMultiproof vector -> true;
      case UnverifiedVector vector -> true;
    };
  }

  private boolean totalIsBetween(BigInteger least, BigInteger most, List<BigInteger> values) {
    var each = noise.varianceOfBoth();
    var all =
        new Rational(
            each.numerator().multiply(BigInteger.valueOf(values.size())), each.denominator());
    var tail = GaussianError.anySimultaneousBound(all, 1);
    var total = values.stream().reduce(BigInteger.ZERO, BigInteger::add);
    return total.compareTo(least.subtract(tail)) >= 0 && total.compareTo(most.add(tail)) <= 0;
  }
}
