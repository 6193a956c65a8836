package dev.weir.query.plan.logic;

import dev.weir.query.plan.expr.Expr;

/**
 * Something said of a record.
 *
 * @param names the selection that the expression is from
 */
record Claim(Selection names, Expr expr, Truth truth) {
  Claim of(Expr other) {
    return new Claim(names, other, truth);
  }

  Claim of(Expr other, Truth said) {
    return new Claim(names, other, said);
  }
}
