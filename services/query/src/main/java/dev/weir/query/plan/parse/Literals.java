package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Values;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;

/** Literals of the algebra as literals of ours. */
final class Literals {
  private static final int MAX_SCALE = 18;

  private Literals() {}

  static Expr of(RexLiteral literal) {
    if (literal.isNull()) {
      return new NullLit(type(literal.getType()));
    }
    try {
      return switch (literal.getTypeName()) {
        case BOOLEAN -> new Lit(ExprType.BOOLEAN, String.valueOf(literal.getValue()));
        case DECIMAL, BIGINT, INTEGER, SMALLINT, TINYINT ->
            number(java.util.Objects.requireNonNull(literal.getValueAs(BigDecimal.class)));
        case DOUBLE, FLOAT, REAL -> number(new BigDecimal(String.valueOf(literal.getValue())));
        case CHAR ->
            text(java.util.Objects.requireNonNull(literal.getValueAs(NlsString.class)).getValue());
        case DATE ->
            new Lit(
                ExprType.DATE,
                LocalDate.parse(String.valueOf(literal.getValueAs(DateString.class))).toString());
        case TIMESTAMP ->
            new Lit(
                ExprType.TIMESTAMP,
                LocalDateTime.parse(
                        String.valueOf(literal.getValueAs(TimestampString.class)).replace(' ', 'T'))
                    .toString());
        default -> throw refused();
      };
    } catch (java.time.DateTimeException | NumberFormatException e) {
      throw refused();
    }
  }

  static Lit number(BigDecimal value) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (plain.scale() > MAX_SCALE || plain.precision() - plain.scale() > MAX_SCALE + 1) {
      throw refused();
    }
    BigDecimal scaled = plain.setScale(Math.max(0, plain.scale()));
    if (scaled.unscaledValue().bitLength() > Long.SIZE - 1) {
      throw refused();
    }
    return new Lit(ExprType.number(scaled.scale()), scaled.unscaledValue().toString());
  }

  static Lit text(String value) {
    if (value.indexOf('\0') >= 0 || value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw refused();
    }
    return new Lit(ExprType.TEXT, value);
  }

  /** A text literal read as another type, as comparisons with dates need. */
  static Expr cast(Lit literal, ExprType target) {
    return Values.parse(target, literal.text())
        .<Expr>map(v -> v instanceof BigDecimal d ? number(d) : Values.literal(target, v))
        .orElseThrow(Literals::refused);
  }

  static ExprType type(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> ExprType.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> ExprType.WHOLE;
      case DECIMAL -> ExprType.number(Math.max(0, type.getScale()));
      case FLOAT, REAL, DOUBLE -> ExprType.REAL;
      case CHAR, VARCHAR, NULL -> ExprType.TEXT;
      case DATE -> ExprType.DATE;
      case TIMESTAMP -> ExprType.TIMESTAMP;
      default -> throw RefusedException.of(name(type.getSqlTypeName()), PlanRule.TYPE_NOT_ALLOWED);
    };
  }

  private static String name(SqlTypeName type) {
    return type.name();
  }

  private static RefusedException refused() {
    return RefusedException.of("LITERAL", PlanRule.LITERAL_NOT_ALLOWED);
  }
}
