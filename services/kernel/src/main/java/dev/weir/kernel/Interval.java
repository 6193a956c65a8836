package dev.weir.kernel;

import java.math.BigDecimal;

/**
 * A closed interval that covers the true value (of the treated, clamped data) with the stated
 * confidence.
 *
 * @param lower in the unit of the value
 * @param upper in the unit of the value, not below {@code lower}
 * @param confidence between 0 and 1, 0.95 in answers; 1 where the value is exact
 */
public record Interval(BigDecimal lower, BigDecimal upper, double confidence) {
  public Interval {
    boolean isProbability = confidence > 0 && confidence <= 1;
    if (lower.compareTo(upper) > 0 || !isProbability) {
      throw new IllegalArgumentException("an interval runs from its lower to its upper end");
    }
  }

  public boolean contains(BigDecimal value) {
    return lower.compareTo(value) <= 0 && value.compareTo(upper) <= 0;
  }
}
