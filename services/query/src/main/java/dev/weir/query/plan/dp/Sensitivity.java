package dev.weir.query.plan.dp;

import dev.weir.query.plan.dp.StatisticSource.Counted;
import dev.weir.query.plan.dp.StatisticSource.Distinct;
import dev.weir.query.plan.dp.StatisticSource.Histogram;
import dev.weir.query.plan.dp.StatisticSource.Present;
import dev.weir.query.plan.dp.StatisticSource.Rows;
import dev.weir.query.plan.dp.StatisticSource.Summed;
import dev.weir.query.plan.expr.Expr;
import java.math.BigInteger;

/**
 * How much one protected unit, there or not, changes a statistic.
 *
 * <p>A unit has at most {@code maxRowsPerGroup} rows in each of at most {@code groups} groups, so
 * with at most c per row the vector over groups changes by at most c·rows·√groups in L2.
 */
final class Sensitivity {
  private final Contributions unit;
  private final long groups;

  /**
   * @param cells groups of the answer when they are declared; no unit is in more than there are
   */
  Sensitivity(Contributions unit, long cells) {
    this.unit = unit;
    this.groups = Math.min(unit.maxGroups(), cells);
  }

  long groups() {
    return groups;
  }

  /** The most one record changes one group's value; for a histogram the scaled rank distance. */
  BigInteger perRow(StatisticSource source) {
    BigInteger perRow =
        switch (source) {
          case Rows r -> BigInteger.ONE;
          case Present p -> BigInteger.ONE;
          case Counted c -> BigInteger.ONE;
          case Distinct d -> BigInteger.ONE;
          case Summed s -> s.argument().magnitude();
          case Histogram h ->
              BigInteger.valueOf(Math.max(h.numerator(), h.denominator() - h.numerator()));
        };
    return perRow.max(BigInteger.ONE);
  }

  /** The most one unit changes one group's value. */
  BigInteger perCell(StatisticSource source) {
    return perRow(source).multiply(BigInteger.valueOf(rows(source)));
  }

  /** Δ₂² over all groups. */
  BigInteger squared(StatisticSource source) {
    return perCell(source).pow(2).multiply(BigInteger.valueOf(groups));
  }

  /** A person adds at most one to the number of distinct persons. */
  private int rows(StatisticSource source) {
    boolean persons =
        source instanceof Distinct(Expr argument, Expr filter)
            && unit.personKey().map(argument::equals).orElse(false);
    return persons ? 1 : unit.maxRowsPerGroup();
  }
}
