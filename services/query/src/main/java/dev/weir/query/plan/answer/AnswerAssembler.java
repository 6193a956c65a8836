package dev.weir.query.plan.answer;

import dev.weir.query.plan.DpPlan;
import dev.weir.query.plan.RawRow;
import dev.weir.query.plan.dp.Groups.Selection;
import dev.weir.query.plan.dp.MeasurePlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes the answer of a dp plan from raw statistics and noise. Suppression, HAVING, ORDER BY and
 * LIMIT see noisy values only. Draw it once per canonical text, contract and data version and keep
 * the answer.
 *
 * <p>Groups that are selected privately get the noise of their count as they come, and only those
 * whose noisy count reaches the threshold are kept: however many there are, nothing runs full, so
 * no limit tells about them.
 */
public final class AnswerAssembler {
  private final DpPlan plan;
  private final NoiseSource noise;

  public AnswerAssembler(DpPlan plan, NoiseSource noise) {
    this.plan = plan;
    this.noise = noise;
  }

  /** Hands out the rows of the statements of a plan. */
  public interface Rows {

    /**
     * @param statement its index
     * @param row takes each of them
     */
    void each(int statement, Consumer<RawRow> row);
  }

  /**
   * @param raw the rows of each statement of the plan, in order
   */
  public Answer assemble(List<List<RawRow>> raw) {
    return assemble((statement, row) -> raw.get(statement).forEach(row));
  }

  /**
   * @param rows asked once for each statement, in order
   */
  public Answer assemble(Rows rows) {
    var presentation = new Presentation(plan.question());
    return switch (plan.groups().selection()) {
      case Selection.Declared declared -> {
        var table = RawTable.of(plan, rows);
        var drafts = table.groups().stream().map(keys -> draft(table, keys)).toList();
        yield presentation.of(plan.outputs(), drafts, false);
      }
      case Selection.Private(long threshold) -> {
        var selected = new SelectedGroups(plan, noise, threshold);
        var table = RawTable.selected(plan, rows, selected);
        var drafts =
            selected.groups().stream()
                .map(group -> draft(group.keys(), noisy(table, group)))
                .toList();
        yield presentation.of(plan.outputs(), drafts, selected.full());
      }
    };
  }

  private Draft draft(RawTable table, List<String> keys) {
    return draft(
        keys,
        IntStream.range(0, plan.statistics().size())
            .mapToObj(statistic -> noisy(table, keys, statistic))
            .toList());
  }

  private List<BigInteger> noisy(RawTable table, SelectedGroups.Group group) {
    return IntStream.range(0, plan.statistics().size())
        .mapToObj(statistic ->
            statistic == plan.countStatistic()
                ? group.noisyCount()
                : noisy(table, group.keys(), statistic))
        .toList();
  }

  private BigInteger noisy(RawTable table, List<String> keys, int index) {
    var statistic = plan.statistics().get(index);
    return statistic.histogram()
        ? BigInteger.valueOf(noise.exponential(table.distances(index, keys), statistic.noise()))
        : table.value(index, keys).add(noise.gaussian(statistic.noise()));
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
