package dev.weir.query.plan.parse;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Ordering;
import java.util.List;
import java.util.OptionalLong;

/** What a relational node has been read as so far. */
sealed interface Block {
  List<Expr> fields();

  /** Records of joined products, filtered by conjuncts, seen through expressions. */
  record Rows(List<ProductTerms> products, List<Expr> conjuncts, List<Expr> fields)
      implements Block {}

  /** A finished answer; fields are slots or literals. */
  record Grouped(
      Rows rows,
      List<Expr> keys,
      List<Measure> measures,
      List<Expr> fields,
      List<Expr> having,
      List<Ordering> order,
      boolean cut,
      long offset,
      OptionalLong limit)
      implements Block {

    Grouped withFields(List<Expr> other) {
      return new Grouped(rows, keys, measures, other, having, order, cut, offset, limit);
    }

    Grouped withHaving(List<Expr> other) {
      return new Grouped(rows, keys, measures, fields, other, order, cut, offset, limit);
    }

    Grouped sorted(List<Ordering> by, long skip, OptionalLong rowsShown) {
      return new Grouped(
          rows,
          keys,
          measures,
          fields,
          having,
          by,
          skip > 0 || rowsShown.isPresent(),
          skip,
          rowsShown);
    }
  }
}
