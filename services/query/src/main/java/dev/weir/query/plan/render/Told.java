package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a measure tells about the records whose argument is there: something of every column of the
 * argument, under whatever name a product offers it; and how many they are, where that can be
 * computed from it.
 */
final class Told {
  private Told() {}

  static Set<String> by(Question question, Measure measure) {
    var told = new LinkedHashSet<String>();
    for (Col column : Children.columns(measure.argument())) {
      told.add(resource(question, column) + "." + column.column().toLowerCase(Locale.ROOT));
    }
    if (countable(measure)) {
      told.add(Cohorts.ROWS);
    }
    return told;
  }

  /** A sum tells the number of its terms where a constant is added to each of them. */
  private static boolean countable(Measure measure) {
    return switch (measure.function()) {
      case COUNT_ROWS, COUNT, AVERAGE -> true;
      case SUM -> hasConstantTerm(measure.argument());
      case COUNT_DISTINCT, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM -> false;
    };
  }

  private static boolean hasConstantTerm(Expr argument) {
    if (Children.columns(argument).isEmpty()) {
      return true;
    }
    return Children.of(argument).stream()
        .anyMatch(operand ->
            Children.columns(operand).isEmpty()
                ? !(argument instanceof Arithmetic a && a.op() == Operation.MULTIPLY)
                : hasConstantTerm(operand));
  }

  private static String resource(Question question, Col column) {
    return question.products().stream()
        .filter(product -> product.tableName().equals(column.table()))
        .findFirst()
        .orElseThrow()
        .resourceId()
        .toString();
  }
}
