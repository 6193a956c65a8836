package dev.weir.query.plan.policy;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.question.ChosenKeys;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.stream.Stream;

/**
 * Keeps the value of a measure of an exact question from resting on fewer records than are counted
 * for it: those that pass its filter with a present argument. A branch or a condition in the
 * argument would give weight to some of them only, and so would a product of columns, such as a
 * polynomial with zeros at all other records. Arguments are therefore linear in columns. A
 * condition could hide one of its sides in the same two ways, and may not.
 */
public final class PickCheck {
  private PickCheck() {}

  public static void check(Question question) {
    question.measures().forEach(PickCheck::check);
    Stream.concat(Stream.of(question.where()), question.measures().stream().map(Measure::filter))
        .forEach(PickCheck::checkCondition);
    Stream.concat(
            question.keys().stream(),
            question.measures().stream()
                .filter(measure -> measure.function() == Measure.Function.COUNT)
                .map(Measure::argument))
        .forEach(PickCheck::checkConditionsIn);
  }

  private static void checkConditionsIn(Expr expr) {
    if (expr instanceof Case choice) {
      choice.whens().forEach(when -> checkCondition(when.condition()));
      choice.whens().forEach(when -> checkConditionsIn(when.value()));
      checkConditionsIn(choice.otherwise());
    } else if (ChosenKeys.isChosen(expr)) {
      checkCondition(expr);
    }
  }

  /** The sides of a condition are counted one by one, so they have to be seen. */
  private static void checkCondition(Expr condition) {
    switch (condition) {
      case Logic logic -> logic.operands().forEach(PickCheck::checkCondition);
      case Not not -> checkCondition(not.operand());
      case IsTrue test -> checkCondition(test.operand());
      case Case choice -> checkChoice(choice);
      case Compare compare when compare.left() instanceof Case choice -> {
        checkChoice(choice);
        checkPlain(compare.right());
      }
      case Compare compare when compare.right() instanceof Case choice -> {
        checkChoice(choice);
        checkPlain(compare.left());
      }
      default -> checkPlain(condition);
    }
  }

  private static void checkChoice(Case choice) {
    Children.of(choice).forEach(PickCheck::checkCondition);
  }

  /** Of one column, and no condition within it. */
  private static void checkPlain(Expr test) {
    for (Expr operand : Children.of(test)) {
      Children.walk(
          operand,
          part -> {
            if (part instanceof Case) {
              throw RefusedException.of("CASE", PlanRule.HIDDEN_CHOICE);
            }
            if (part.type().base() == Base.BOOLEAN
                && !(part instanceof Col || part instanceof Lit || part instanceof NullLit)) {
              throw RefusedException.of("CONDITION", PlanRule.HIDDEN_CHOICE);
            }
          });
    }
    if (Children.columns(test).size() > 1) {
      throw RefusedException.of("COLUMNS", PlanRule.HIDDEN_CHOICE);
    }
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
    if (multipliesColumns(expr)) {
      throw RefusedException.of("MULTIPLY", PlanRule.PICKS_RECORDS);
    }
  }

  private static boolean multipliesColumns(Expr expr) {
    return expr instanceof Arithmetic a
        && a.op() == Operation.MULTIPLY
        && !Children.columns(a.left()).isEmpty()
        && !Children.columns(a.right()).isEmpty();
  }
}
