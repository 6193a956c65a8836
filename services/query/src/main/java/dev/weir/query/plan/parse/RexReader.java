package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.expr.Expr.TimePart;
import dev.weir.query.plan.expr.Expr.When;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.expr.LikePattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Scalar nodes of the algebra as expressions of ours; anything else is refused by name. */
final class RexReader {
  private final Exprs exprs;
  private final IntFunction<Expr> fields;

  /**
   * @param fields the fields of the node's input, by index
   */
  RexReader(Exprs exprs, IntFunction<Expr> fields) {
    this.exprs = exprs;
    this.fields = fields;
  }

  Expr read(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> fields.apply(ref.getIndex());
      case RexLiteral literal -> Literals.of(literal);
      case RexCall call when isPlain(call) -> call(call);
      default ->
          throw RefusedException.of(
              StatementCheck.name(node.getKind().name()), PlanRule.NODE_NOT_ALLOWED);
    };
  }

  private static boolean isPlain(RexCall call) {
    return !(call instanceof org.apache.calcite.rex.RexOver)
        && !(call instanceof org.apache.calcite.rex.RexSubQuery);
  }

  private Expr call(RexCall call) {
    return switch (call.getKind()) {
      case AND -> exprs.and(all(call));
      case OR -> exprs.or(all(call));
      case NOT -> exprs.not(operand(call, 0));
      case EQUALS -> compare(Comparison.EQ, call);
      case NOT_EQUALS -> compare(Comparison.NE, call);
      case LESS_THAN -> compare(Comparison.LT, call);
      case LESS_THAN_OR_EQUAL -> compare(Comparison.LE, call);
      case GREATER_THAN -> compare(Comparison.GT, call);
      case GREATER_THAN_OR_EQUAL -> compare(Comparison.GE, call);
      case IS_NULL, IS_UNKNOWN -> exprs.isNull(operand(call, 0));
      case IS_NOT_NULL -> exprs.not(exprs.isNull(operand(call, 0)));
      case IS_TRUE -> exprs.isTrue(operand(call, 0));
      case IS_NOT_TRUE -> exprs.not(exprs.isTrue(operand(call, 0)));
      case IS_FALSE -> exprs.isTrue(exprs.not(operand(call, 0)));
      case IS_NOT_FALSE -> exprs.not(exprs.isTrue(exprs.not(operand(call, 0))));
      case LIKE -> like(call);
      case CASE -> choose(call);
      case PLUS -> arithmetic(Operation.ADD, call);
      case MINUS -> arithmetic(Operation.SUBTRACT, call);
      case TIMES -> arithmetic(Operation.MULTIPLY, call);
      case MINUS_PREFIX -> negate(operand(call, 0));
      case PLUS_PREFIX -> operand(call, 0);
      case CAST -> cast(operand(call, 0), call);
      case EXTRACT ->
          exprs.keep(new Expr.Extract(part(call.getOperands().get(0)), time(operand(call, 1))));
      case FLOOR -> floor(call);
      default -> function(call);
    };
  }

  private Expr function(RexCall call) {
    String name = StatementCheck.name(call.getOperator().getName());
    return switch (name) {
      case "UPPER" -> exprs.keep(new Expr.LetterCase(true, text(operand(call, 0))));
      case "LOWER" -> exprs.keep(new Expr.LetterCase(false, text(operand(call, 0))));
      case "SUBSTRING" -> substring(call);
      default -> throw RefusedException.of(name, PlanRule.FUNCTION_NOT_ALLOWED);
    };
  }

  private Expr compare(Comparison op, RexCall call) {
    Expr left = operand(call, 0);
    Expr right = operand(call, 1);
    boolean numeric = isNumeric(left) && isNumeric(right);
    if (!numeric && left.type().base() != right.type().base()) {
      if (left.type().base() == Base.DATE && right.type().base() == Base.TIMESTAMP) {
        left = toTimestamp(left);
      } else if (left.type().base() == Base.TIMESTAMP && right.type().base() == Base.DATE) {
        right = toTimestamp(right);
      } else if (!(left instanceof NullLit) && !(right instanceof NullLit)) {
        throw RefusedException.of(call.getKind().name(), PlanRule.TYPE_NOT_ALLOWED);
      }
    }
    return exprs.compare(op, left, right);
  }

  private Expr like(RexCall call) {
    if (!(operand(call, 1) instanceof Lit pattern)
        || (call.operandCount() > 2 && !(operand(call, 2) instanceof Lit))) {
      throw RefusedException.of("LIKE", PlanRule.LITERAL_NOT_ALLOWED);
    }
    String escape = call.operandCount() > 2 && operand(call, 2) instanceof Lit l ? l.text() : "";
    String normal =
        LikePattern.normalise(pattern.text(), escape)
            .orElseThrow(() -> RefusedException.of("LIKE", PlanRule.LITERAL_NOT_ALLOWED));
    return exprs.keep(new Expr.Like(text(operand(call, 0)), normal));
  }

  private Expr choose(RexCall call) {
    List<Expr> parts = all(call);
    ExprType type = Literals.type(call.getType());
    var whens = new ArrayList<When>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      whens.add(new When(parts.get(i), branch(parts.get(i + 1), type)));
    }
    return exprs.choose(whens, branch(parts.getLast(), type));
  }

  private Expr branch(Expr value, ExprType type) {
    if (value instanceof NullLit) {
      return new NullLit(type);
    }
    Base from = value.type().base();
    if (type.base() == Base.NUMBER && from == Base.NUMBER && value.type().scale() <= type.scale()) {
      return exprs.rescale(value, type.scale());
    }
    if (type.base() == Base.REAL && isNumeric(value)) {
      return exprs.real(value);
    }
    if (type.base() == Base.TIMESTAMP && from == Base.DATE) {
      return toTimestamp(value);
    }
    if (!value.type().equals(type)) {
      throw RefusedException.of("CASE", PlanRule.TYPE_NOT_ALLOWED);
    }
    return value;
  }

  private Expr arithmetic(Operation op, RexCall call) {
    Expr left = operand(call, 0);
    Expr right = operand(call, 1);
    if (call.operandCount() != 2 || !isExact(left) || !isExact(right)) {
      throw RefusedException.of(call.getKind().name(), PlanRule.TYPE_NOT_ALLOWED);
    }
    return exprs.arithmetic(op, left, right);
  }

  private Expr negate(Expr value) {
    if (!isExact(value)) {
      throw RefusedException.of("MINUS_PREFIX", PlanRule.TYPE_NOT_ALLOWED);
    }
    return exprs.arithmetic(Operation.SUBTRACT, Literals.number(BigDecimal.ZERO), value);
  }

  /** Reals take part too: a declared measure is made exact before it is computed with. */
  private static boolean isExact(Expr expr) {
    return isNumeric(expr);
  }

  private static boolean isNumeric(Expr expr) {
    return expr.type().base() == Base.NUMBER || expr.type().base() == Base.REAL;
  }

  private Expr cast(Expr value, RexCall call) {
    ExprType target = Literals.type(call.getType());
    Base from = value.type().base();
    if (value instanceof NullLit) {
      return new NullLit(target);
    }
    if (value instanceof Lit literal && from == Base.TEXT && target.base() != Base.TEXT) {
      return Literals.cast(literal, target);
    }
    boolean same = from == target.base();
    if (from == Base.NUMBER && target.base() == Base.REAL) {
      return exprs.real(value);
    }
    if (from == Base.DATE && target.base() == Base.TIMESTAMP) {
      return toTimestamp(value);
    }
    if (same && widens(value, call, target)) {
      return value;
    }
    throw RefusedException.of("CAST", PlanRule.TYPE_NOT_ALLOWED);
  }

  private static boolean widens(Expr value, RexCall call, ExprType target) {
    SqlTypeName to = call.getType().getSqlTypeName();
    return switch (target.base()) {
      case NUMBER -> value.type().scale() <= target.scale() && wide(value, to);
      case TEXT -> fits(value, call);
      default -> true;
    };
  }

  private static boolean wide(Expr value, SqlTypeName to) {
    return value instanceof Lit || to == SqlTypeName.BIGINT || to == SqlTypeName.DECIMAL;
  }

  private static boolean fits(Expr value, RexCall call) {
    int precision = call.getType().getPrecision();
    int source = call.getOperands().get(0).getType().getPrecision();
    return value instanceof Lit l
        ? precision < 0 || l.text().length() <= precision
        : precision < 0 || (source >= 0 && source <= precision);
  }

  private Expr floor(RexCall call) {
    if (call.operandCount() != 2) {
      throw RefusedException.of("FLOOR", PlanRule.FUNCTION_NOT_ALLOWED);
    }
    TimePart part = part(call.getOperands().get(1));
    if (part == TimePart.DOW) {
      throw RefusedException.of("FLOOR", PlanRule.FUNCTION_NOT_ALLOWED);
    }
    return exprs.keep(new Expr.FloorTo(part, time(operand(call, 0))));
  }

  private static TimePart part(RexNode flag) {
    if (flag instanceof RexLiteral l && l.getValue() instanceof TimeUnitRange range) {
      switch (range) {
        case YEAR:
          return TimePart.YEAR;
        case MONTH:
          return TimePart.MONTH;
        case DAY:
          return TimePart.DAY;
        case HOUR:
          return TimePart.HOUR;
        case DOW:
          return TimePart.DOW;
        default:
          break;
      }
    }
    throw RefusedException.of("TIME_UNIT", PlanRule.FUNCTION_NOT_ALLOWED);
  }

  private Expr substring(RexCall call) {
    int from = position(call, 1);
    int length = position(call, 2);
    if (from < 1) {
      throw RefusedException.of("SUBSTRING", PlanRule.LITERAL_NOT_ALLOWED);
    }
    return exprs.keep(new Expr.Substring(text(operand(call, 0)), from, length));
  }

  private int position(RexCall call, int index) {
    if (call.operandCount() == 3
        && operand(call, index) instanceof Lit l
        && l.type().equals(ExprType.WHOLE)
        && l.text().matches("[0-9]{1,5}")) {
      return Integer.parseInt(l.text());
    }
    throw RefusedException.of("SUBSTRING", PlanRule.LITERAL_NOT_ALLOWED);
  }

  private Expr time(Expr value) {
    if (value.type().base() != Base.DATE && value.type().base() != Base.TIMESTAMP) {
      throw RefusedException.of("TIME_UNIT", PlanRule.TYPE_NOT_ALLOWED);
    }
    return value;
  }

  private Expr text(Expr value) {
    if (value.type().base() != Base.TEXT) {
      throw RefusedException.of("TEXT", PlanRule.TYPE_NOT_ALLOWED);
    }
    return value;
  }

  private Expr toTimestamp(Expr value) {
    return exprs.keep(new Expr.ToTimestamp(value));
  }

  private Expr operand(RexCall call, int index) {
    return read(call.getOperands().get(index));
  }

  private List<Expr> all(RexCall call) {
    return call.getOperands().stream().map(this::read).toList();
  }
}
