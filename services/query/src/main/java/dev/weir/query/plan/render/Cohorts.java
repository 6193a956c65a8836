package dev.weir.query.plan.render;

import dev.weir.kernel.ResourceId;
import dev.weir.policy.product.ProductTerms;
import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.ExactPlan;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Exprs;
import dev.weir.query.plan.logic.Selection;
import dev.weir.query.plan.policy.JoinCheck;
import dev.weir.query.plan.question.ExactMeasures;
import dev.weir.query.plan.question.Measure;
import dev.weir.query.plan.question.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The sets of records that an exact answer tells about, written so that two answers can be laid
 * over each other later. Plain data: keep it with the answer.
 *
 * @param facts the resource whose records are counted
 * @param joins further tables, each adding at most one record to a record of {@code facts}
 * @param membership whether a record is in the question at all
 * @param keys the group of a record
 * @param families the distinct record sets behind the measures, all records first
 * @param shadows what counts tell of the columns in their conditions
 */
public record Cohorts(
    ResourceId facts,
    List<Join> joins,
    Fragment membership,
    List<Key> keys,
    List<Family> families,
    List<Shadow> shadows) {
  public Cohorts {
    joins = List.copyOf(joins);
    keys = List.copyOf(keys);
    families = List.copyOf(families);
    shadows = List.copyOf(shadows);
  }

  /**
   * The number of records that meet a condition on a column is a sum over that column, of the
   * records that meet the other conditions: what is then told of it.
   *
   * @param keys positions of the keys that do not rest on the column
   */
  public record Shadow(List<Integer> keys, Cohorts cohorts) {
    public Shadow {
      keys = List.copyOf(keys);
    }
  }

  /**
   * @param alias unique to table and join condition
   */
  public record Join(String alias, Fragment clause) {}

  /**
   * @param text how a value becomes text, {@code {}} standing for it
   * @param expr what the groups are of
   */
  public record Key(Fragment value, String text, Expr expr) {}

  /**
   * @param about {@link #ROWS} where the number of records is told, otherwise a column of which
   *     something is told
   * @param selection what the question and the condition ask of a record, in words that hold for
   *     the keys too; that it finds a partner in every joined table is no choice of the asker's and
   *     not among it
   */
  public record Family(String about, Fragment condition, Selection selection) {}

  public static final String ROWS = "rows";
  static final String FACTS_ALIAS = "f";
  private static final int ALIAS_DIGITS = 16;

  public static Cohorts of(ExactPlan plan, EngineDialect dialect) {
    Question question = plan.question();
    ProductTerms facts = JoinCheck.facts(question);
    var exprs = new ExprSql(dialect, table -> alias(question, facts, table));
    var granulars = new GranularSql(exprs);
    var joins = new ArrayList<Join>();
    var partners = new ArrayList<Fragment>();
    for (ProductTerms product : question.products()) {
      if (!product.equals(facts)) {
        String alias = alias(question, facts, product.tableName());
        joins.add(new Join(alias, join(question, product, alias, exprs)));
        partners.add(Fragment.of(alias + ".\"" + EngineTables.ID + "\" IS NOT NULL"));
      }
    }
    var selections = new Selections(question, table -> alias(question, facts, table));
    Expr where = question.where();
    var families = new LinkedHashSet<Family>();
    families.add(new Family(ROWS, Fragment.of("TRUE"), selections.of(where)));
    for (Measure measure : question.measures()) {
      Fragment filter = condition(exprs, measure.filter());
      families.add(new Family(ROWS, filter, selections.of(where, measure.filter())));
      if (measure.function() != Measure.Function.COUNT_ROWS) {
        Fragment present =
            Fragment.format(
                "({} AND {} IS NOT NULL)", filter, argument(question, measure, exprs, granulars));
        Selection having = selections.of(where, measure.filter(), present(measure));
        Told.by(question, measure)
            .forEach(about -> families.add(new Family(about, present, having)));
      }
    }
    List<Key> keys =
        question.keys().stream()
            .map(key -> new Key(exprs.of(key), exprs.textOf(key.type()), key))
            .toList();
    var shadows = new ArrayList<Shadow>();
    for (Told.Shadow shadow : Told.shadows(question)) {
      var column = new Not(new IsNull(shadow.column()));
      var told = new LinkedHashSet<Family>();
      for (List<Expr> filters : shadow.filters()) {
        var conditions = new ArrayList<>(filters);
        conditions.add(column);
        told.add(
            new Family(
                shadow.about(),
                conditions(exprs, conditions),
                selections.of(shadow.where(), conditions)));
      }
      shadows.add(
          new Shadow(
              shadow.keys(),
              new Cohorts(
                  facts.resourceId(),
                  joins,
                  membership(partners, conditions(exprs, shadow.where())),
                  shadow.keys().stream().map(keys::get).toList(),
                  List.copyOf(told),
                  List.of())));
    }
    return new Cohorts(
        facts.resourceId(),
        joins,
        membership(partners, condition(exprs, where)),
        keys,
        List.copyOf(families),
        shadows);
  }

  private static Fragment membership(List<Fragment> partners, Fragment where) {
    var all = new ArrayList<>(partners);
    all.add(where);
    return Fragment.format("({})", Fragment.join(" AND ", all));
  }

  private static Fragment conditions(ExprSql exprs, List<Expr> conditions) {
    return conditions.isEmpty()
        ? Fragment.of("TRUE")
        : Fragment.format(
            "({})",
            Fragment.join(
                " AND ", conditions.stream().map(each -> condition(exprs, each)).toList()));
  }

  private static Expr present(Measure measure) {
    return new Not(new IsNull(measure.argument()));
  }

  private static Fragment argument(
      Question question, Measure measure, ExprSql exprs, GranularSql granulars) {
    boolean numeric =
        ExactMeasures.numeric(measure) && measure.argument().type().base() != Base.BOOLEAN;
    return numeric
        ? granulars.of(ExactMeasures.granular(question, measure))
        : exprs.of(measure.argument());
  }

  private static Fragment condition(ExprSql exprs, Expr condition) {
    return condition.equals(Exprs.TRUE)
        ? Fragment.of("TRUE")
        : Fragment.format("coalesce({}, FALSE)", exprs.of(condition));
  }

  private static Fragment join(
      Question question, ProductTerms product, String alias, ExprSql exprs) {
    List<Fragment> links =
        question.links().stream()
            .map(l -> Fragment.format("{} = {}", exprs.of(l.left()), exprs.of(l.right())))
            .toList();
    return Fragment.format(
        "LEFT JOIN {} ON {}",
        FromSql.single(product, key(question, product), alias),
        Fragment.join(" AND ", links));
  }

  private static String alias(Question question, ProductTerms facts, String table) {
    if (table.equals(facts.tableName())) {
      return FACTS_ALIAS;
    }
    ProductTerms product =
        question.products().stream()
            .filter(p -> p.tableName().equals(table))
            .findFirst()
            .orElseThrow();
    String condition =
        product.resourceId() + " " + key(question, product).column() + " " + question.links();
    return "d" + EngineTables.hash(condition).substring(0, ALIAS_DIGITS);
  }

  /** A table that only adds to records of another has one record per key. */
  private static Col key(Question question, ProductTerms product) {
    return JoinCheck.singleKey(question, product).orElseThrow();
  }
}
