package dev.weir.query.plan.answer;

import dev.weir.kernel.Interval;
import java.math.BigDecimal;

/** One value of an answer. */
public sealed interface Cell {
  /** A group key or constant in its textual form. */
  record Text(String value) implements Cell {}

  /** The key is null, or there is nothing to aggregate. */
  record Null() implements Cell {}

  /**
   * @param interval 95 % around the truth of the clamped data; confidence 1 for exact answers
   */
  record Number(BigDecimal value, Interval interval) implements Cell {}

  /**
   * A dp quantile.
   *
   * @param value a point of the declared grid
   * @param interval 95 % around the quantile of the clamped data, on the grid
   * @param rankHalfWidth with 95 % confidence the number of records below {@code value} differs
   *     from the quantile's rank by at most this, beyond what ties on the grid force
   */
  record Quantile(BigDecimal value, Interval interval, BigDecimal rankHalfWidth) implements Cell {}

  /** The noisy count of the group is below the minimum group. */
  record Suppressed() implements Cell {}
}
