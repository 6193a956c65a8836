package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Values;
import java.util.List;

/** Membership of a group key in its domain. */
final class DomainSql {
  /** Beyond it the rows of unknown keys are dropped after grouping instead. */
  private static final int MAX_BOUND_VALUES = 5000;

  private final ExprSql exprs;

  DomainSql(ExprSql exprs) {
    this.exprs = exprs;
  }

  /**
   * @param domain empty when groups are selected privately
   */
  Fragment member(Expr key, List<String> domain) {
    if (domain.isEmpty() || domain.size() > MAX_BOUND_VALUES) {
      return Fragment.format("{} IS NOT NULL", exprs.of(key));
    }
    List<Fragment> values =
        domain.stream()
            .flatMap(text -> Values.parse(key.type(), text).stream())
            .map(value -> exprs.of(Values.literal(key.type(), value)))
            .toList();
    return Fragment.format("{} IN ({})", exprs.of(key), Fragment.join(", ", values));
  }
}
