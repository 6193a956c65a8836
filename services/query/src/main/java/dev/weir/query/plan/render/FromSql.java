package dev.weir.query.plan.render;

import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.policy.JoinCheck;
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
      if (JoinCheck.singleKey(question, product).isEmpty()) {
        conditions.add(version(alias(question, product.tableName()), product));
      }
    }
    if (!question.where().equals(dev.weir.query.plan.expr.Exprs.TRUE)) {
      conditions.add(exprs.of(question.where()));
    }
    conditions.addAll(furtherConditions);
    if (conditions.isEmpty()) {
      return Fragment.format("FROM {}", tables());
    }
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

  /**
   * The records of one version with at most one per value of {@code key}, whatever was stored: of a
   * public table the first by id; of protected records those whose value occurs once, since a first
   * one would leave its place to the next and count twice.
   */
  static Fragment single(ProductTerms product, Col key, String alias) {
    String partition = "OVER (PARTITION BY u.\"" + EngineTables.column(key.column()) + "\"";
    String number =
        switch (product.kind()) {
          case EXACT -> "row_number() " + partition + " ORDER BY u.\"" + EngineTables.ID + "\")";
          case DP -> "count(*) " + partition + ")";
        };
    return Fragment.format(
        "(SELECT * FROM (SELECT u.*, "
            + number
            + " AS \"_single\" FROM "
            + table(product, "u")
            + " WHERE {}) s WHERE \"_single\" = 1) "
            + alias,
        version("u", product));
  }

  private Fragment tables() {
    Fragment tables =
        Fragment.join(" JOIN ", question.products().stream().map(this::source).toList());
    return question.products().size() == 1
        ? tables
        : Fragment.format("{} ON {}", tables, Fragment.join(" AND ", links()));
  }

  private Fragment source(ProductTerms product) {
    String alias = alias(question, product.tableName());
    return JoinCheck.singleKey(question, product)
        .map(key -> single(product, key, alias))
        .orElseGet(() -> Fragment.of(table(product, alias)));
  }

  private List<Fragment> links() {
    return question.links().stream().map(this::link).toList();
  }

  private Fragment link(Link link) {
    return Fragment.format("{} = {}", exprs.of(link.left()), exprs.of(link.right()));
  }
}
