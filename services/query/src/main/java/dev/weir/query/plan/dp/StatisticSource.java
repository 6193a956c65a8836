package dev.weir.query.plan.dp;

import dev.weir.query.plan.dp.MeasurePlan.Grid;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.measure.Granular;

/** What an integer statistic counts or sums over the records of a group that pass the filter. */
public sealed interface StatisticSource {
  Expr filter();

  /** Records. */
  record Rows(Expr filter) implements StatisticSource {}

  /** Records whose argument is not null. */
  record Present(Expr argument, Expr filter) implements StatisticSource {}

  /** Distinct values of the argument. */
  record Distinct(Expr argument, Expr filter) implements StatisticSource {}

  /** Records whose granular argument is not null. */
  record Counted(Granular argument, Expr filter) implements StatisticSource {}

  /** Sum of granules. */
  record Summed(Granular argument, Expr filter) implements StatisticSource {}

  /**
   * Records per grid point.
   *
   * @param numerator of the quantile's fraction
   * @param denominator of the quantile's fraction
   * @param end which of the three points drawn for a quantile this one is for
   */
  record Histogram(
      Granular argument, Expr filter, Grid grid, long numerator, long denominator, End end)
      implements StatisticSource {

    /** Whether both are read off the same records per grid point. */
    public boolean countsAs(Histogram other) {
      return argument.equals(other.argument)
          && filter.equals(other.filter)
          && grid.equals(other.grid);
    }
  }

  /** A quantile is a point of the grid; its interval two more, drawn for ranks further out. */
  enum End {
    VALUE,
    LOWER,
    UPPER
  }
}
