package dev.weir.policy.product;

import java.math.BigDecimal;

/**
 * Declared bounds of a measure. A value is clamped to [lower, upper] and counted in whole granules,
 * so that sums are sums of integers.
 *
 * @param lower in the unit of the column
 * @param upper in the unit of the column, above {@code lower}
 * @param granule the smallest step counted, above 0; bounds are multiples of it
 * @param dependsOnData true when the bounds were taken from a profile instead of declared: contract
 *     and answers then say so
 */
public record MeasureBounds(
    BigDecimal lower, BigDecimal upper, BigDecimal granule, boolean dependsOnData) {
  public MeasureBounds {
    if (granule.signum() <= 0
        || lower.compareTo(upper) >= 0
        || lower.remainder(granule).signum() != 0
        || upper.remainder(granule).signum() != 0) {
      throw new IllegalArgumentException(
          "bounds are multiples of a positive granule, the lower below the upper");
    }
  }
}
