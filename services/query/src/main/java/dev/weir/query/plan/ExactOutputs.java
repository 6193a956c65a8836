package dev.weir.query.plan;

import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Output;
import dev.weir.query.plan.question.Question;
import java.util.List;
import java.util.Optional;

/** Describes the columns of an exact answer. */
final class ExactOutputs {
  private ExactOutputs() {}

  static List<OutputColumn> of(Question question) {
    return question.outputs().stream()
        .map(output -> new OutputColumn(output.label(), kind(question, output), Optional.empty()))
        .toList();
  }

  private static OutputColumn.Kind kind(Question question, Output output) {
    return switch (output) {
      case Output.Key k -> OutputColumn.Kind.KEY;
      case Output.Constant c -> OutputColumn.Kind.CONSTANT;
      case Output.Value v -> kind(question.measures().get(v.index()));
    };
  }

  private static OutputColumn.Kind kind(Measure measure) {
    return switch (measure.function()) {
      case COUNT_ROWS, COUNT, COUNT_DISTINCT -> OutputColumn.Kind.COUNT;
      case SUM -> OutputColumn.Kind.SUM;
      case AVERAGE -> OutputColumn.Kind.AVERAGE;
      case QUANTILE_CONTINUOUS, QUANTILE_DISCRETE -> OutputColumn.Kind.QUANTILE;
      case MINIMUM, MAXIMUM -> OutputColumn.Kind.EXTREME;
    };
  }
}
