package dev.weir.query.plan.render;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.question.Link;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.List;

/** The records a question is about: tables of one version each, joined and filtered. */
final class FromSql {
  private final Question question;
  private final ExprSql exprs;

  FromSql(Question question, ExprSql exprs) {
    this.question = question;
    this.exprs = exprs;
  }

  /** The alias of a product's table in plain statements. */
  static String alias(Question question, String table) {
    for (int i = 0; i < question.products().size(); i++) {
      if (question.products().get(i).tableName().equals(table)) {
        return "t" + i;
      }
    }
    throw new IllegalStateException("a question names its tables");
  }

  static ExprSql exprs(Question question, dev.weir.query.plan.EngineDialect dialect) {
    return new ExprSql(dialect, table -> alias(question, table));
  }

  /** {@code FROM … WHERE …} with the question's own conditions. */
  Fragment records(List<Fragment> furtherConditions) {
    var conditions = new ArrayList<Fragment>();
    for (ProductTerms product : question.products()) {
      conditions.add(version(alias(question, product.tableName()), product));
    }
    if (!question.where().equals(dev.weir.query.plan.expr.Exprs.TRUE)) {
      conditions.add(exprs.of(question.where()));
    }
    conditions.addAll(furtherConditions);
    return Fragment.format("FROM {} WHERE {}", tables(), Fragment.join(" AND ", conditions));
  }

  static Fragment version(String alias, ProductTerms product) {
    return Fragment.bound(
        alias + ".\"" + EngineTables.VERSION + "\" = CAST(? AS BIGINT)",
        new Parameter.DataVersion(product.resourceId()));
  }

  static String table(ProductTerms product, String alias) {
    return "\"" + EngineTables.table(product.resourceId()) + "\" " + alias;
  }

  private Fragment tables() {
    var sql = new StringBuilder();
    for (ProductTerms product : question.products()) {
      String alias = alias(question, product.tableName());
      sql.append(sql.isEmpty() ? "" : " JOIN ").append(table(product, alias));
    }
    if (question.products().size() == 1) {
      return Fragment.of(sql.toString());
    }
    return Fragment.format(sql + " ON {}", Fragment.join(" AND ", links()));
  }

  private List<Fragment> links() {
    return question.links().stream().map(this::link).toList();
  }

  private Fragment link(Link link) {
    return Fragment.format("{} = {}", exprs.of(link.left()), exprs.of(link.right()));
  }
}
