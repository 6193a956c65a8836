package dev.weir.query.plan.policy;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.math.BigInteger;

/**
 * Holds what engines compute to what cannot fail: no arithmetic on reals outside clamped measures,
 * and whole numbers that fit 120 bits whatever the data.
 */
public final class ArithmeticCheck {
  private static final int MAX_BITS = 120;
  private static final int MAX_KEY_BITS = 63;
  private static final int EXTRACT_BITS = 14;

  private ArithmeticCheck() {}

  public static void check(Question question) {
    check(question.where());
    question.keys().forEach(ArithmeticCheck::key);
    question.measures().forEach(ArithmeticCheck::measure);
  }

  private static void measure(Measure measure) {
    check(measure.filter());
    if (ExactMeasures.numeric(measure)) {
      // The value itself is bounded by its declaration; its conditions are ordinary.
      Children.walk(
          measure.argument(),
          e -> {
            if (e instanceof Case c) {
              c.whens().forEach(when -> check(when.condition()));
            }
          });
    } else {
      check(measure.argument());
    }
  }

  private static void key(Expr key) {
    check(key);
    if (key.type().base() == Base.REAL) {
      throw RefusedException.of("GROUP_BY", PlanRule.KEY_TYPE);
    }
    if (key.type().base() == Base.NUMBER && bits(key) > MAX_KEY_BITS + 1) {
      throw RefusedException.of("GROUP_BY", PlanRule.BOUNDS_TOO_WIDE);
    }
  }

  private static void check(Expr expr) {
    Children.walk(
        expr,
        e -> {
          if (e instanceof Arithmetic a && a.type().base() == Base.REAL) {
            throw RefusedException.of("REAL_ARITHMETIC", PlanRule.TYPE_NOT_ALLOWED);
          }
        });
    Children.walk(
        expr,
        e -> {
          if (e.type().base() == Base.NUMBER && bits(e) > MAX_BITS) {
            throw RefusedException.of("ARITHMETIC", PlanRule.BOUNDS_TOO_WIDE);
          }
        });
  }

  /** Upper bound on the bits of an exact value, from the types alone. */
  private static int bits(Expr expr) {
    return switch (expr) {
      case Lit l -> l.type().base() == Base.NUMBER ? new BigInteger(l.text()).bitLength() : 0;
      case Extract e -> EXTRACT_BITS;
      case Rescale r ->
          bits(r.operand())
              + BigInteger.TEN.pow(r.type().scale() - r.operand().type().scale()).bitLength();
      case Arithmetic a when a.op() == Expr.Operation.MULTIPLY -> bits(a.left()) + bits(a.right());
      case Arithmetic a -> Math.max(bits(a.left()), bits(a.right())) + 1;
      case Case c ->
          c.whens().stream()
              .mapToInt(when -> bits(when.value()))
              .reduce(bits(c.otherwise()), Math::max);
      default -> Long.SIZE - 1;
    };
  }
}
