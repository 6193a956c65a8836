package dev.weir.query.plan.question;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Slot;

/** Whether an expression has a value for every record, by what the products declare. */
public final class Presence {
  private Presence() {}

  /** True when no column of it may be lacking and nothing in it makes a null. */
  public static boolean isCertain(Question question, Expr expr) {
    return switch (expr) {
      case Col column -> !isNullable(question, column);
      case Case choice -> false;
      case NullLit none -> false;
      case Slot slot -> false;
      case IsNull test -> true;
      case IsTrue test -> true;
      default -> Children.of(expr).stream().allMatch(operand -> isCertain(question, operand));
    };
  }

  private static boolean isNullable(Question question, Col column) {
    return question.products().stream()
        .filter(product -> product.tableName().equals(column.table()))
        .findFirst()
        .flatMap(product -> product.column(column.column()))
        .map(offered -> offered.column().nullable())
        .orElse(true);
  }
}
