package dev.weir.query.plan.dp;

import dev.weir.query.plan.OutputColumn;
import dev.weir.query.plan.Statistic;
import dev.weir.query.plan.question.Output;
import dev.weir.query.plan.question.Question;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Describes the columns of a dp answer with the error to expect. */
final class DpOutputs {
  private static final int RANK_DIGITS = 1;
  private static final int AVERAGE_DIGITS = 3;

  private final List<Statistic> statistics;
  private final List<MeasurePlan> measures;

  DpOutputs(List<Statistic> statistics, List<MeasurePlan> measures) {
    this.statistics = statistics;
    this.measures = measures;
  }

  List<OutputColumn> of(Question question) {
    return question.outputs().stream().map(this::column).toList();
  }

  private OutputColumn column(Output output) {
    return switch (output) {
      case Output.Key k -> new OutputColumn(k.label(), OutputColumn.Kind.KEY, Optional.empty());
      case Output.Constant c ->
          new OutputColumn(c.label(), OutputColumn.Kind.CONSTANT, Optional.empty());
      case Output.Value v -> value(v.label(), measures.get(v.index()));
    };
  }

  private OutputColumn value(String label, MeasurePlan plan) {
    return switch (plan) {
      case MeasurePlan.Count c ->
          new OutputColumn(label, OutputColumn.Kind.COUNT, Optional.of(halfWidth(c.statistic())));
      case MeasurePlan.Sum s ->
          new OutputColumn(
              label,
              OutputColumn.Kind.SUM,
              Optional.of(halfWidth(s.statistic()).multiply(s.granule())));
      case MeasurePlan.Average a ->
          new OutputColumn(label, OutputColumn.Kind.AVERAGE, Optional.of(ofAverage(a)));
      case MeasurePlan.Quantile q ->
          new OutputColumn(
              label,
              OutputColumn.Kind.QUANTILE,
              Optional.of(
                  halfWidth(q.statistic())
                      .divide(BigDecimal.valueOf(q.denominator()), RANK_DIGITS, RoundingMode.UP)));
    };
  }

  /**
   * How many records a group has is secret, so the error is told for one of a thousand; of twice as
   * many it is half. Both noises at their worst at once, and no more than the bounds are apart.
   */
  private BigDecimal ofAverage(MeasurePlan.Average average) {
    var span = average.upper().subtract(average.lower());
    var records =
        BigDecimal.valueOf(OutputColumn.AVERAGE_RECORDS).subtract(halfWidth(average.count()));
    if (records.signum() <= 0) {
      return span;
    }
    var greatest = average.lower().abs().max(average.upper().abs());
    return halfWidth(average.sum())
        .multiply(average.granule())
        .add(greatest.multiply(halfWidth(average.count())))
        .divide(records, average.granule().scale() + AVERAGE_DIGITS, RoundingMode.UP)
        .min(span);
  }

  private BigDecimal halfWidth(int statistic) {
    return new BigDecimal(statistics.get(statistic).halfWidth());
  }
}
