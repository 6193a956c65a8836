package dev.weir.query.plan.question;

import dev.weir.query.plan.expr.Expr.Col;

/** An equality between columns of two products; {@code left} has the smaller table name. */
public record Link(Col left, Col right) {
  public static Link of(Col a, Col b) {
    return a.table().compareTo(b.table()) <= 0 ? new Link(a, b) : new Link(b, a);
  }
}
