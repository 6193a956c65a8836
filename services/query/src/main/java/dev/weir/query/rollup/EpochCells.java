package dev.weir.query.rollup;

import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.usage.Permit;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.answer.NoiseSource;
import dev.weir.query.plan.dp.MeasurePlan;
import java.math.BigInteger;

/**
 * Makes the cells that leave out of the true ones: noised as the plan says, or exact and cleared.
 * What it makes is not released yet. Thread-safe when the noise is.
 */
final class EpochCells {
  private final NoiseSource noise;

  EpochCells(NoiseSource noise) {
    this.noise = noise;
  }

  /**
   * @param permit for reading the cells
   * @param before what the consumer was shown of an exact product before, newest first
   * @param minGroup of the contract
   */
  Shown make(
      Permit permit,
      ProductTerms product,
      CheckedPlan plan,
      CountedCells counted,
      Iterable<Shown> before,
      int minGroup) {
    if (!permit.products().contains(product.id())) {
      throw new IllegalArgumentException("the permit is for another product");
    }
    return switch (plan) {
      case DpPlan dp ->
          new Shown(noised(dp, counted), new PublishedCells(counted.cells(), counted.measures()));
      case ExactPlan exact ->
          ExactEpochs.decide(counted, before, Math.max(1, Math.max(minGroup, exact.minGroup())));
    };
  }

  /** Every cell of the declared domain gets noise, whether a record is in it or not. */
  private PublishedCells noised(DpPlan plan, CountedCells counted) {
    if (plan.groups().cells() != counted.cells()
        || plan.measures().size() != 1 + counted.measures()) {
      throw new IllegalStateException("the plan is for other cells");
    }
    var cells = new PublishedCells(counted.cells(), 1 + counted.measures());
    for (int cell = 0; cell < counted.cells(); cell++) {
      long[] row = new long[1 + counted.measures()];
      for (int column = 0; column < row.length; column++) {
        long value = column == 0 ? counted.count(cell) : counted.sum(cell, column - 1);
        row[column] =
            BigInteger.valueOf(value).add(draw(plan, plan.measures().get(column))).longValueExact();
      }
      cells.show(cell, row);
    }
    return cells;
  }

  private BigInteger draw(DpPlan plan, MeasurePlan measure) {
    int statistic =
        switch (measure) {
          case MeasurePlan.Count count -> count.statistic();
          case MeasurePlan.Sum sum -> sum.statistic();
          case MeasurePlan.Average average -> throw unexpected();
          case MeasurePlan.Quantile quantile -> throw unexpected();
        };
    return noise.gaussian(plan.statistics().get(statistic).noise());
  }

  private static IllegalStateException unexpected() {
    return new IllegalStateException("cells hold counts and sums only");
  }
}
