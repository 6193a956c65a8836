package dev.weir.query.plan.answer;

import dev.weir.kernel.Interval;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.dp.Bounds;
import dev.weir.query.plan.dp.MeasurePlan;
import dev.weir.query.plan.dp.MeasurePlan.Average;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Values and intervals of one group from its noisy statistics. */
final class NoisyCells {
  private static final double CONFIDENCE = 0.95;
  private static final MathContext DIGITS = MathContext.DECIMAL64;
  private static final int AVERAGE_SCALE = 6;
  private final DpPlan plan;
  private final List<BigInteger> noisy;

  NoisyCells(DpPlan plan, List<BigInteger> noisy) {
    this.plan = plan;
    this.noisy = noisy;
  }

  Cell of(MeasurePlan measure) {
    return switch (measure) {
      case MeasurePlan.Count c -> number(c.statistic(), BigDecimal.ONE);
      case MeasurePlan.Sum s -> number(s.statistic(), s.granule());
      case Average a -> average(a);
      case MeasurePlan.Quantile q -> quantile(q);
    };
  }

  /** Each end is on its side of the quantile at 97.5 %, whatever the point itself is. */
  private Cell quantile(MeasurePlan.Quantile quantile) {
    BigDecimal value = point(quantile, quantile.statistic());
    BigDecimal lower = point(quantile, quantile.lower()).min(value);
    BigDecimal upper = point(quantile, quantile.upper()).max(value).add(quantile.within());
    return new Cell.Quantile(
        value,
        new Interval(lower, upper, CONFIDENCE),
        new BigDecimal(plan.statistics().get(quantile.statistic()).halfWidth())
            .divide(BigDecimal.valueOf(quantile.denominator()), 1, RoundingMode.UP));
  }

  private BigDecimal point(MeasurePlan.Quantile quantile, int statistic) {
    return quantile.grid().at(noisy.get(statistic).intValueExact());
  }

  private Cell number(int statistic, BigDecimal granule) {
    BigDecimal value = new BigDecimal(noisy.get(statistic)).multiply(granule);
    BigDecimal half =
        new BigDecimal(plan.statistics().get(statistic).halfWidth()).multiply(granule);
    return new Cell.Number(value, new Interval(value.subtract(half), value.add(half), CONFIDENCE));
  }

  /**
   * Sum and count each lie in their 97.5 % intervals, together with 95 %; the average then lies
   * between the extreme ratios and, since it is one of bounded values, within the bounds.
   */
  private Cell average(Average average) {
    BigInteger sum = noisy.get(average.sum());
    BigInteger count = noisy.get(average.count());
    BigInteger sumHalf = half(average.sum());
    BigInteger countHalf = half(average.count());
    BigDecimal value =
        count.signum() > 0
            ? clip(average, ratio(sum, count, average, RoundingMode.HALF_EVEN))
            : average.lower().add(average.upper()).divide(BigDecimal.valueOf(2), DIGITS);
    BigInteger least = count.subtract(countHalf);
    if (least.signum() <= 0) {
      return new Cell.Number(value, new Interval(average.lower(), average.upper(), CONFIDENCE));
    }
    BigInteger most = count.add(countHalf);
    BigInteger low = sum.subtract(sumHalf);
    BigInteger high = sum.add(sumHalf);
    BigDecimal lower = ratio(low, low.signum() < 0 ? least : most, average, RoundingMode.FLOOR);
    BigDecimal upper = ratio(high, high.signum() < 0 ? most : least, average, RoundingMode.CEILING);
    return new Cell.Number(
        value, new Interval(clip(average, lower), clip(average, upper), CONFIDENCE));
  }

  private BigInteger half(int statistic) {
    return Bounds.halfWidth(plan.statistics().get(statistic).noise(), Bounds.CONFIDENCE_97_5);
  }

  private static BigDecimal ratio(
      BigInteger sum, BigInteger count, Average average, RoundingMode mode) {
    return new BigDecimal(sum)
        .multiply(average.granule())
        .divide(new BigDecimal(count), AVERAGE_SCALE + average.granule().scale(), mode);
  }

  private static BigDecimal clip(Average average, BigDecimal value) {
    return value.max(average.lower()).min(average.upper());
  }
}
