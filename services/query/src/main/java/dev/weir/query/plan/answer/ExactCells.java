package dev.weir.query.plan.answer;

import dev.weir.kernel.Interval;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import dev.weir.query.plan.render.ExactSql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values of an exact answer from the engine's numbers. */
final class ExactCells {
  private static final int AVERAGE_SCALE = 6;
  private final Question question;

  ExactCells(Question question) {
    this.question = question;
  }

  Draft draft(RawRow row) {
    var keys = new ArrayList<Optional<String>>();
    for (int i = 0; i < question.keys().size(); i++) {
      var type = question.keys().get(i).type();
      keys.add(row.keys().get(i).map(raw -> Keys.text(type, raw)));
    }
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < question.measures().size(); i++) {
      int at = 1 + i * ExactSql.PER_MEASURE;
      cells.add(
          cell(
              question.measures().get(i), row.statistics().subList(at, at + ExactSql.PER_MEASURE)));
    }
    return new Draft(keys, cells, false);
  }

  private Cell cell(Measure measure, List<BigInteger> numbers) {
    BigInteger filtered = numbers.getFirst();
    BigInteger present = numbers.get(1);
    return switch (measure.function()) {
      case COUNT_ROWS -> exact(new BigDecimal(filtered));
      case COUNT -> exact(new BigDecimal(present));
      case COUNT_DISTINCT -> exact(new BigDecimal(numbers.get(2)));
      case SUM, MINIMUM, MAXIMUM, QUANTILE_DISCRETE ->
          present.signum() == 0 ? new Cell.Null() : exact(value(measure, numbers.get(2)));
      case AVERAGE -> average(measure, numbers.get(2), present);
      case QUANTILE_CONTINUOUS -> between(measure, numbers, present);
    };
  }

  private Cell average(Measure measure, BigInteger sum, BigInteger count) {
    if (count.signum() == 0) {
      return new Cell.Null();
    }
    BigDecimal total = value(measure, sum);
    return exact(
        total.divide(
            new BigDecimal(count),
            Math.max(0, total.scale()) + AVERAGE_SCALE,
            RoundingMode.HALF_EVEN));
  }

  /** Linear interpolation between the two neighbouring values. */
  private Cell between(Measure measure, List<BigInteger> numbers, BigInteger count) {
    if (count.signum() == 0) {
      return new Cell.Null();
    }
    var fraction = ExactMeasures.fraction(measure);
    BigInteger denominator = BigInteger.valueOf(fraction.getLast());
    BigInteger position =
        count.subtract(BigInteger.ONE).multiply(BigInteger.valueOf(fraction.getFirst()));
    BigDecimal weight =
        new BigDecimal(position.mod(denominator))
            .divide(new BigDecimal(denominator), 12, RoundingMode.HALF_EVEN);
    BigDecimal low = value(measure, numbers.get(2));
    BigDecimal high = value(measure, numbers.get(3));
    return exact(low.add(high.subtract(low).multiply(weight)).stripTrailingZeros());
  }

  private BigDecimal value(Measure measure, BigInteger granules) {
    return new BigDecimal(granules).multiply(ExactMeasures.granular(question, measure).granule());
  }

  private static Cell exact(BigDecimal value) {
    return new Cell.Number(value, new Interval(value, value, 1));
  }
}
