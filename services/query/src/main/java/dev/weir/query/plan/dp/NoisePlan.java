package dev.weir.query.plan.dp;

import dev.weir.privacy.noise.Rational;
import dev.weir.query.plan.PlanParameters.Accuracy;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.Statistic;
import dev.weir.query.plan.dp.StatisticSource.End;
import dev.weir.query.plan.dp.StatisticSource.Histogram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits ρ over the statistics, or finds the ρ that a target error needs. zCDP adds up: a discrete
 * Gaussian with σ² costs Δ₂²/2σ²; the exponential mechanism with exponent ε·u/2Δ has a range
 * bounded by ε and costs ε²/8 in each of the groups a unit can be in.
 */
final class NoisePlan {
  static final double NANO = 1e9;
  private static final double Z95 = 1.959964;
  private static final double LN20 = Math.log(20);

  /** Two ends at 97.5 % hold together with 95 %. */
  private static final double LN40 = Math.log(40);

  /**
   * A quantile's point takes half of what another statistic does, each end of its interval half of
   * the rest.
   */
  private static final int WHOLE = 4;

  private static final long MAX_NANO_RHO = 1_000_000_000_000L;
  private static final long RATE_UNIT = 1_000_000L;
  private final Sensitivity sensitivity;
  private final int minGroup;

  NoisePlan(Sensitivity sensitivity, int minGroup) {
    this.sensitivity = sensitivity;
    this.minGroup = Math.max(1, minGroup);
  }

  List<Statistic> of(List<StatisticSource> sources, Accuracy accuracy) {
    List<Long> shares =
        switch (accuracy) {
          case Accuracy.Rho(long nanoRho) -> shared(nanoRho, sources);
          case Accuracy.RelativeError(double fraction) ->
              sources.stream().map(s -> needed(s, fraction)).toList();
        };
    var statistics = new ArrayList<Statistic>();
    for (int i = 0; i < sources.size(); i++) {
      statistics.add(statistic(sources.get(i), shares.get(i)));
    }
    return statistics;
  }

  /** Rounded down; what is left goes to the first. */
  private static List<Long> shared(long nanoRho, List<StatisticSource> sources) {
    var parts = BigInteger.valueOf(sources.stream().mapToInt(NoisePlan::weight).sum());
    var shares = new ArrayList<Long>();
    for (StatisticSource source : sources) {
      var part = BigInteger.valueOf(nanoRho).multiply(BigInteger.valueOf(weight(source)));
      long share = part.divide(parts).longValueExact();
      if (share < 1) {
        throw RefusedException.of("ACCURACY", PlanRule.BUDGET_TOO_SMALL);
      }
      shares.add(share);
    }
    long rest = nanoRho - shares.stream().mapToLong(Long::longValue).sum();
    shares.set(0, shares.getFirst() + rest);
    return shares;
  }

  private static int weight(StatisticSource source) {
    return source instanceof Histogram h ? (isEnd(h) ? WHOLE / 4 : WHOLE / 2) : WHOLE;
  }

  private static boolean isEnd(Histogram source) {
    return source.end() != End.VALUE;
  }

  private static double tail(Histogram source) {
    return Math.log(source.grid().points()) + (isEnd(source) ? LN40 : LN20);
  }

  /** Rounded up, so that the error asked for is met. */
  private long needed(StatisticSource source, double fraction) {
    double target = fraction * minGroup;
    double cell =
        sensitivity.perCell(source).doubleValue() / sensitivity.perRow(source).doubleValue();
    double rho;
    if (source instanceof Histogram h) {
      // The interval may be twice as wide as the point is off: an end costs a quarter.
      double ranks = (isEnd(h) ? 2 : 1) * target * h.denominator();
      double gamma = tail(h) / ranks;
      double epsilon = 2 * gamma * sensitivity.perCell(source).doubleValue();
      rho = sensitivity.groups() * epsilon * epsilon / 8;
    } else {
      rho = Z95 * Z95 * sensitivity.groups() * cell * cell / (2 * target * target);
    }
    double nano = Math.ceil(rho * NANO * 1.000001) + 1;
    if (!(nano < MAX_NANO_RHO)) {
      throw RefusedException.of("ACCURACY", PlanRule.BUDGET_TOO_SMALL);
    }
    return (long) nano;
  }

  private Statistic statistic(StatisticSource source, long nanoRho) {
    return source instanceof Histogram h ? exponential(h, nanoRho) : gaussian(source, nanoRho);
  }

  private Statistic gaussian(StatisticSource source, long nanoRho) {
    BigInteger squared = sensitivity.squared(source);
    var variance =
        new Rational(
            squared.multiply(BigInteger.valueOf(500_000_000L)), BigInteger.valueOf(nanoRho));
    return new Statistic(
        source,
        sensitivity.perRow(source),
        squared,
        nanoRho,
        variance,
        Bounds.halfWidth(variance, Bounds.CONFIDENCE_95));
  }

  /** ε is rounded down, so that the cost covers it. */
  private Statistic exponential(Histogram source, long nanoRho) {
    BigInteger microEpsilon =
        BigInteger.valueOf(8_000L)
            .multiply(BigInteger.valueOf(nanoRho))
            .divide(BigInteger.valueOf(sensitivity.groups()))
            .sqrt();
    if (microEpsilon.signum() == 0) {
      throw RefusedException.of("ACCURACY", PlanRule.BUDGET_TOO_SMALL);
    }
    var rate =
        new Rational(
            microEpsilon,
            sensitivity.perCell(source).shiftLeft(1).multiply(BigInteger.valueOf(RATE_UNIT)));
    double distance = tail(source) / Bounds.toDouble(rate);
    return new Statistic(
        source,
        sensitivity.perRow(source),
        sensitivity.squared(source),
        nanoRho,
        rate,
        new java.math.BigDecimal(Math.ceil(distance * 1.000001)).toBigInteger());
  }
}
