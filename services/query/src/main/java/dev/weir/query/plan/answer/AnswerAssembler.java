package dev.weir.query.plan.answer;

import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.dp.Groups.Selection;
import dev.weir.query.plan.dp.MeasurePlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the answer of a dp plan from raw statistics and noise. Noise is drawn for every statistic
 * of every group before anything is looked at; suppression, HAVING, ORDER BY and LIMIT see noisy
 * values only. Draw it once per canonical text, contract and data version and keep the answer.
 */
public final class AnswerAssembler {
  private final DpPlan plan;
  private final NoiseSource noise;

  public AnswerAssembler(DpPlan plan, NoiseSource noise) {
    this.plan = plan;
    this.noise = noise;
  }

  /**
   * @param raw the rows of each statement of the plan, in order
   */
  public Answer assemble(List<List<RawRow>> raw) {
    var table = new RawTable(plan, raw);
    var drafts = new ArrayList<Draft>();
    for (List<String> keys : table.groups()) {
      List<BigInteger> noisy = noisy(table, keys);
      if (shown(noisy)) {
        drafts.add(draft(keys, noisy));
      }
    }
    return new Presentation(plan.question()).of(plan.outputs(), drafts, false);
  }

  private boolean shown(List<BigInteger> noisy) {
    return switch (plan.groups().selection()) {
      case Selection.Declared d -> true;
      case Selection.Private(long threshold) ->
          noisy.get(plan.countStatistic()).compareTo(BigInteger.valueOf(threshold)) >= 0;
    };
  }

  private List<BigInteger> noisy(RawTable table, List<String> keys) {
    var noisy = new ArrayList<BigInteger>();
    for (int i = 0; i < plan.statistics().size(); i++) {
      var statistic = plan.statistics().get(i);
      noisy.add(
          statistic.histogram()
              ? BigInteger.valueOf(noise.exponential(table.distances(i, keys), statistic.noise()))
              : table.value(i, keys).add(noise.gaussian(statistic.noise())));
    }
    return noisy;
  }

  private Draft draft(List<String> keys, List<BigInteger> noisy) {
    boolean suppressed =
        plan.countStatistic() >= 0
            && plan.minGroup() > 1
            && noisy.get(plan.countStatistic()).compareTo(BigInteger.valueOf(plan.minGroup())) < 0;
    var cells = new NoisyCells(plan, noisy);
    List<Cell> measures = new ArrayList<>();
    for (MeasurePlan measure : plan.measures()) {
      measures.add(suppressed ? new Cell.Suppressed() : cells.of(measure));
    }
    return new Draft(keys.stream().map(Optional::of).toList(), measures, suppressed);
  }
}
