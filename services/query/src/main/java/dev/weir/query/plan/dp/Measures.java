package dev.weir.query.plan.dp;

import dev.weir.policy.product.ProductColumn;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.dp.MeasurePlan.Grid;
import dev.weir.query.plan.dp.StatisticSource.Counted;
import dev.weir.query.plan.dp.StatisticSource.Distinct;
import dev.weir.query.plan.dp.StatisticSource.End;
import dev.weir.query.plan.dp.StatisticSource.Histogram;
import dev.weir.query.plan.dp.StatisticSource.Present;
import dev.weir.query.plan.dp.StatisticSource.Rows;
import dev.weir.query.plan.dp.StatisticSource.Summed;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.measure.Granular;
import dev.weir.query.plan.measure.GranularReader;
import dev.weir.query.plan.question.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Turns measures into the fewest integer statistics. Confined to one planning. */
final class Measures {
  private static final int MAX_GRID = 4096;
  private final Function<Col, ProductColumn> offered;
  private final GranularReader granulars;
  private final List<StatisticSource> sources = new ArrayList<>();

  Measures(Function<Col, ProductColumn> offered) {
    this.offered = offered;
    this.granulars = new GranularReader(true, c -> offered.apply(c).bounds());
  }

  List<StatisticSource> sources() {
    return sources;
  }

  /** Index of the statistic, which is added when it is new. */
  int index(StatisticSource source) {
    int index = sources.indexOf(source);
    if (index >= 0) {
      return index;
    }
    sources.add(source);
    return sources.size() - 1;
  }

  int records() {
    return index(new Rows(Exprs.TRUE));
  }

  MeasurePlan plan(Measure measure) {
    Expr filter = measure.filter();
    return switch (measure.function()) {
      case COUNT_ROWS -> new MeasurePlan.Count(index(new Rows(filter)));
      case COUNT -> new MeasurePlan.Count(index(present(measure.argument(), filter)));
      case COUNT_DISTINCT -> new MeasurePlan.Count(index(new Distinct(measure.argument(), filter)));
      case SUM -> {
        Granular argument = granulars.read(measure.argument());
        yield new MeasurePlan.Sum(index(new Summed(argument, filter)), argument.granule());
      }
      case AVERAGE -> average(granulars.read(measure.argument()), filter, measure);
      case QUANTILE_CONTINUOUS, QUANTILE_DISCRETE -> quantile(measure);
      case MINIMUM, MAXIMUM ->
          throw RefusedException.of(
              measure.function() == Measure.Function.MINIMUM ? "MIN" : "MAX",
              PlanRule.EXTREME_IN_DP);
    };
  }

  /** A column that a record cannot lack is counted as the record. */
  private StatisticSource present(Expr argument, Expr filter) {
    boolean always = argument instanceof Col c && !offered.apply(c).column().nullable();
    return always ? new Rows(filter) : new Present(argument, filter);
  }

  private MeasurePlan average(Granular argument, Expr filter, Measure measure) {
    boolean always =
        measure.argument() instanceof Col c
            && !offered.apply(c).column().nullable()
            && c.type().base() != dev.weir.query.plan.expr.ExprType.Base.REAL;
    int sum = index(new Summed(argument, filter));
    int count = index(always ? new Rows(filter) : new Counted(argument, filter));
    return new MeasurePlan.Average(
        sum,
        count,
        argument.granule(),
        argument.granule().multiply(new BigDecimal(argument.lower())),
        argument.granule().multiply(new BigDecimal(argument.upper())));
  }

  private MeasurePlan quantile(Measure measure) {
    Granular argument = granulars.read(measure.argument());
    BigInteger span = argument.upper().subtract(argument.lower());
    BigInteger step =
        span.add(BigInteger.valueOf(MAX_GRID - 2))
            .divide(BigInteger.valueOf(MAX_GRID - 1))
            .max(BigInteger.ONE);
    int points = span.divide(step).intValueExact() + 1;
    if (points < 2) {
      throw RefusedException.of("PERCENTILE", PlanRule.BOUNDS_MISSING);
    }
    var grid =
        new Grid(
            argument.granule().multiply(new BigDecimal(argument.lower())),
            argument.granule().multiply(new BigDecimal(step)),
            points);
    BigDecimal fraction =
        measure.fraction().signum() == 0
            ? BigDecimal.ZERO
            : measure.fraction().stripTrailingZeros();
    long denominator = BigInteger.TEN.pow(Math.max(0, fraction.scale())).longValueExact();
    long numerator = fraction.multiply(BigDecimal.valueOf(denominator)).longValueExact();
    Function<End, Integer> drawn =
        end -> index(new Histogram(argument, measure.filter(), grid, numerator, denominator, end));
    return new MeasurePlan.Quantile(
        drawn.apply(End.VALUE),
        drawn.apply(End.LOWER),
        drawn.apply(End.UPPER),
        grid,
        grid.step().subtract(argument.granule()),
        numerator,
        denominator);
  }
}
