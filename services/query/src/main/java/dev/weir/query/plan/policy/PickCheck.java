package dev.weir.query.plan.policy;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;

/**
 * Keeps the value of a measure of an exact question from resting on fewer records than are counted
 * for it: those that pass its filter with a present argument. A branch or a condition in the
 * argument would give weight to some of them only, and so would a product of columns, such as a
 * polynomial with zeros at all other records. Arguments are therefore linear in columns.
 */
public final class PickCheck {
  private PickCheck() {}

  public static void check(Question question) {
    question.measures().forEach(PickCheck::check);
  }

  /** What COUNT makes of its argument is whether it is present, which is counted. */
  private static void check(Measure measure) {
    switch (measure.function()) {
      case COUNT_ROWS, COUNT -> {}
      case COUNT_DISTINCT, SUM, AVERAGE, QUANTILE_CONTINUOUS, QUANTILE_DISCRETE, MINIMUM, MAXIMUM ->
          Children.walk(measure.argument(), PickCheck::check);
    }
  }

  private static void check(Expr expr) {
    if (expr instanceof Case) {
      throw RefusedException.of("CASE", PlanRule.PICKS_RECORDS);
    }
    if (expr.type().base() == Base.BOOLEAN && !(expr instanceof Col)) {
      throw RefusedException.of("CONDITION", PlanRule.PICKS_RECORDS);
    }
    if (expr instanceof Arithmetic a
        && a.op() == Operation.MULTIPLY
        && !Children.columns(a.left()).isEmpty()
        && !Children.columns(a.right()).isEmpty()) {
      throw RefusedException.of("MULTIPLY", PlanRule.PICKS_RECORDS);
    }
  }
}
