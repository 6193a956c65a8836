package dev.weir.query.plan.dp;

import java.math.BigDecimal;

/** How a measure of a dp answer is made of noised statistics; indexes into the plan's list. */
public sealed interface MeasurePlan {

  /** The noisy count itself. */
  record Count(int statistic) implements MeasurePlan {}

  /** Noisy granules times the granule. */
  record Sum(int statistic, BigDecimal granule) implements MeasurePlan {}

  /** Noisy sum over noisy count, kept within the declared bounds. */
  record Average(int sum, int count, BigDecimal granule, BigDecimal lower, BigDecimal upper)
      implements MeasurePlan {}

  /**
   * A grid point drawn by the exponential mechanism, and the ends of its interval likewise.
   *
   * @param statistic of the point itself
   * @param lower the lower end's statistic
   * @param upper the upper end's
   * @param within how far a value lies above its grid point at most
   * @param numerator of the quantile's fraction
   * @param denominator of the quantile's fraction
   */
  record Quantile(
      int statistic,
      int lower,
      int upper,
      Grid grid,
      BigDecimal within,
      long numerator,
      long denominator)
      implements MeasurePlan {}

  /**
   * Declared points lower, lower + step, …; a record belongs to the last point not above it.
   *
   * @param points at least 2
   */
  record Grid(BigDecimal lower, BigDecimal step, int points) {
    public BigDecimal at(int index) {
      return lower.add(step.multiply(BigDecimal.valueOf(index)));
    }
  }
}
