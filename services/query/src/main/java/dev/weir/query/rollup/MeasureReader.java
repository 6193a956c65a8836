package dev.weir.query.rollup;

import dev.weir.kernel.data.Column;
import dev.weir.policy.product.MeasureBounds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A measure of a record as a whole number: of granules after clamping where there are bounds, as
 * the planner's SQL counts them; otherwise the unscaled value. Immutable.
 */
sealed interface MeasureReader {

  /**
   * @param value as Avro holds it, not null
   * @return empty for a value that is no number
   */
  Optional<Long> read(Object value);

  static MeasureReader of(RollupSpec.Measure measure) {
    return measure.bounds().map(bounds -> bounded(measure.column(), bounds)).orElseGet(AsItIs::new);
  }

  private static MeasureReader bounded(Column column, MeasureBounds bounds) {
    long lower = granules(bounds.lower(), bounds);
    long upper = granules(bounds.upper(), bounds);
    return switch (column.type()) {
      case DOUBLE ->
          new Real(
              bounds.lower().doubleValue(),
              bounds.upper().doubleValue(),
              bounds.granule().doubleValue(),
              lower,
              upper);
      case BOOLEAN, INTEGER, DECIMAL, STRING, DATE, TIMESTAMP ->
          exact(column.scale(), bounds, lower, upper);
    };
  }

  private static MeasureReader exact(
      int columnScale, MeasureBounds bounds, long lower, long upper) {
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-columnScale);
    int scale = Math.max(0, Math.max(unit.scale(), bounds.granule().scale()));
    return new Whole(
        unit.setScale(scale).unscaledValue(),
        bounds.granule().setScale(scale).unscaledValue(),
        lower,
        upper);
  }

  private static long granules(BigDecimal value, MeasureBounds bounds) {
    return value.divideToIntegralValue(bounds.granule()).longValueExact();
  }

  record AsItIs() implements MeasureReader {
    @Override
    public Optional<Long> read(Object value) {
      return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }
  }

  /**
   * @param unit of the column's unscaled value, and
   * @param granule of the result, as whole numbers of one common step
   */
  record Whole(BigInteger unit, BigInteger granule, long lower, long upper)
      implements MeasureReader {
    @Override
    public Optional<Long> read(Object value) {
      if (!(value instanceof Number number)) {
        return Optional.empty();
      }
      // ⌊value/granule + 1/2⌋, in whole numbers.
      BigInteger dividend =
          BigInteger.valueOf(number.longValue()).multiply(unit).shiftLeft(1).add(granule);
      BigInteger granules = floor(dividend, granule.shiftLeft(1));
      return Optional.of(
          granules.max(BigInteger.valueOf(lower)).min(BigInteger.valueOf(upper)).longValueExact());
    }

    private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
      BigInteger[] parts = dividend.divideAndRemainder(divisor);
      return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
  }

  /** Clamped as a real, rounded to the nearest granule, clamped again against rounding. */
  record Real(double lowest, double highest, double granule, long lower, long upper)
      implements MeasureReader {
    @Override
    public Optional<Long> read(Object value) {
      if (!(value instanceof Double real) || Double.isNaN(real)) {
        return Optional.empty();
      }
      double clamped = Math.min(Math.max(real, lowest), highest);
      long granules = (long) Math.floor(clamped / granule + 0.5);
      return Optional.of(Math.min(Math.max(granules, lower), upper));
    }
  }
}
