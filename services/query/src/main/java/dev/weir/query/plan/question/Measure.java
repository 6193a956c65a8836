package dev.weir.query.plan.question;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprText;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * One aggregate.
 *
 * @param argument what is aggregated; the literal TRUE for {@link Function#COUNT_ROWS}
 * @param filter which records of the group take part; the literal TRUE for all
 * @param fraction of a quantile, between 0 and 1; otherwise 0
 */
public record Measure(Function function, Expr argument, Expr filter, BigDecimal fraction) {
  /** Aggregate functions. */
  public enum Function {
    COUNT_ROWS,
    COUNT,
    COUNT_DISTINCT,
    SUM,
    AVERAGE,
    QUANTILE_CONTINUOUS,
    QUANTILE_DISCRETE,
    MINIMUM,
    MAXIMUM;

    public boolean quantile() {
      return this == QUANTILE_CONTINUOUS || this == QUANTILE_DISCRETE;
    }
  }

  public String canonicalText() {
    String name = function.name().toLowerCase(Locale.ROOT);
    String at = function.quantile() ? " at " + fraction.stripTrailingZeros().toPlainString() : "";
    return "(" + name + " " + ExprText.of(argument) + at + " where " + ExprText.of(filter) + ")";
  }
}
