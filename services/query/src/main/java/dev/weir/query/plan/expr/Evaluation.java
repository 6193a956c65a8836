package dev.weir.query.plan.expr;

import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.FloorTo;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.LetterCase;
import dev.weir.query.plan.expr.Expr.Like;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Expr.Substring;
import dev.weir.query.plan.expr.Expr.ToReal;
import dev.weir.query.plan.expr.Expr.ToTimestamp;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in this JVM, with SQL's nulls. Numbers are {@link BigDecimal}, reals {@link
 * Double}, text {@link String}, truth values {@link Boolean}, times {@link java.time.LocalDate} and
 * {@link java.time.LocalDateTime}; {@code null} is SQL's null and never leaves this package.
 */
public final class Evaluation {
  private final Function<Expr, @Nullable Object> leaves;

  /**
   * @param leaves the value of a {@link Col} or {@link Slot}
   */
  public Evaluation(Function<Expr, @Nullable Object> leaves) {
    this.leaves = leaves;
  }

  public @Nullable Object value(Expr expr) {
    return switch (expr) {
      case Col c -> leaves.apply(c);
      case Slot s -> leaves.apply(s);
      case Lit l -> Values.of(l);
      case NullLit n -> null;
      case Compare c -> compare(c);
      case Logic l -> logic(l);
      case Not n -> value(n.operand()) instanceof Boolean b ? !b : null;
      case IsNull n -> value(n.operand()) == null;
      case IsTrue t -> Boolean.TRUE.equals(value(t.operand()));
      case Like l ->
          value(l.value()) instanceof String s ? LikePattern.matches(l.pattern(), s) : null;
      case Case c -> choose(c);
      case Arithmetic a -> arithmetic(a);
      case Rescale r -> value(r.operand());
      case ToReal r -> value(r.operand()) instanceof BigDecimal d ? d.doubleValue() : null;
      case ToTimestamp t ->
          value(t.operand()) instanceof java.time.LocalDate d ? d.atStartOfDay() : null;
      case Extract e -> Times.extract(e.part(), value(e.operand()));
      case FloorTo f -> Times.floor(f.part(), value(f.operand()));
      case LetterCase l ->
          value(l.operand()) instanceof String s ? Values.letterCase(s, l.upper()) : null;
      case Substring s ->
          value(s.operand()) instanceof String text
              ? Values.substring(text, s.from(), s.length())
              : null;
    };
  }

  /** Whether a condition holds: neither false nor unknown. */
  public boolean holds(Expr condition) {
    return Boolean.TRUE.equals(value(condition));
  }

  private @Nullable Object compare(Compare expr) {
    Object left = value(expr.left());
    Object right = value(expr.right());
    if (left == null || right == null) {
      return null;
    }
    int order = Values.compare(left, right);
    return switch (expr.op()) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  private @Nullable Object logic(Logic expr) {
    boolean unknown = false;
    for (Expr operand : expr.operands()) {
      Object value = value(operand);
      if (value == null) {
        unknown = true;
      } else if (Objects.equals(value, !expr.and())) {
        return !expr.and();
      }
    }
    return unknown ? null : expr.and();
  }

  private @Nullable Object choose(Case expr) {
    for (Expr.When when : expr.whens()) {
      if (holds(when.condition())) {
        return value(when.value());
      }
    }
    return value(expr.otherwise());
  }

  private @Nullable Object arithmetic(Arithmetic expr) {
    if (!(value(expr.left()) instanceof BigDecimal left)
        || !(value(expr.right()) instanceof BigDecimal right)) {
      return null;
    }
    return switch (expr.op()) {
      case ADD -> left.add(right);
      case SUBTRACT -> left.subtract(right);
      case MULTIPLY -> left.multiply(right);
    };
  }
}
