package dev.weir.query.plan.question;

import dev.weir.query.plan.measure.Granular;
import dev.weir.query.plan.measure.GranularReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Arguments and fractions of the measures of an exact question. */
public final class ExactMeasures {
  private ExactMeasures() {}

  /** The argument of a measure over numbers, in whole granules; only reals are clamped. */
  public static Granular granular(Question question, Measure measure) {
    return new GranularReader(
            false,
            column ->
                question.products().stream()
                    .filter(p -> p.tableName().equals(column.table()))
                    .findFirst()
                    .flatMap(p -> p.column(column.column()))
                    .flatMap(c -> c.bounds()))
        .read(measure.argument());
  }

  /** Whether the measure's argument is read as a number. */
  public static boolean numeric(Measure measure) {
    return switch (measure.function()) {
      case COUNT_ROWS, COUNT, COUNT_DISTINCT -> false;
      case SUM, AVERAGE, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM -> true;
    };
  }

  /** A quantile's fraction as numerator and denominator. */
  public static List<Long> fraction(Measure measure) {
    BigDecimal fraction =
        measure.fraction().signum() == 0
            ? BigDecimal.ZERO
            : measure.fraction().stripTrailingZeros();
    BigInteger denominator = BigInteger.TEN.pow(Math.max(0, fraction.scale()));
    return List.of(
        fraction.multiply(new BigDecimal(denominator)).longValueExact(),
        denominator.longValueExact());
  }

  /**
   * How many of the present records rank below a quantile's value or values, and how many above;
   * the smaller of the two, at least 0.
   */
  public static long aside(Measure measure, long present) {
    if (present == 0) {
      return 0;
    }
    var fraction = fraction(measure);
    boolean discrete = measure.function() == Measure.Function.QUANTILE_DISCRETE;
    BigInteger span = BigInteger.valueOf(discrete ? present : present - 1);
    BigInteger[] position =
        span.multiply(BigInteger.valueOf(fraction.getFirst()))
            .divideAndRemainder(BigInteger.valueOf(fraction.getLast()));
    long lower = position[0].longValueExact();
    long upper = lower + position[1].signum();
    // A discrete quantile is the record of rank ⌈n·p⌉, at least the first.
    long below = discrete ? Math.max(0, upper - 1) : lower;
    long last = discrete ? below : upper;
    return Math.min(below, present - 1 - last);
  }
}
