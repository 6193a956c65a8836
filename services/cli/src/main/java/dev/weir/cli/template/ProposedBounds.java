package dev.weir.cli.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Bounds of a measure taken from what a profile saw, rounded outwards; they depend on the data, so
 * a department that knows better declares its own. Immutable.
 *
 * @param granule what values are rounded to
 */
public record ProposedBounds(BigDecimal lower, BigDecimal upper, BigDecimal granule) {
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final int GRANULES_PER_UNIT = 100;

  /** Two significant digits of the larger end, away from the data on both sides. */
  public static ProposedBounds outwards(BigDecimal least, BigDecimal most, boolean whole) {
    BigDecimal range = least.abs().max(most.abs());
    int digits = range.precision() - range.scale();
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(digits - SIGNIFICANT_DIGITS);
    if (whole && unit.compareTo(BigDecimal.ONE) < 0) {
      unit = BigDecimal.ONE;
    }
    BigDecimal lower = least.divide(unit, 0, RoundingMode.FLOOR).multiply(unit);
    BigDecimal upper = most.divide(unit, 0, RoundingMode.CEILING).multiply(unit);
    if (lower.compareTo(upper) == 0) {
      upper = upper.add(unit); // one value alone leaves no room between its bounds
    }
    BigDecimal granule =
        unit.divide(
            BigDecimal.valueOf(GRANULES_PER_UNIT), unit.scale() + 4, RoundingMode.HALF_EVEN);
    if (whole && granule.compareTo(BigDecimal.ONE) < 0) {
      granule = BigDecimal.ONE;
    }
    return new ProposedBounds(plain(lower), plain(upper), plain(granule));
  }

  private static BigDecimal plain(BigDecimal value) {
    return new BigDecimal(value.stripTrailingZeros().toPlainString());
  }
}
