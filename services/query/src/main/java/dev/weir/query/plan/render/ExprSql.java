package dev.weir.query.plan.render;

import dev.weir.query.plan.EngineDialect;
import dev.weir.query.plan.Parameter;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.FloorTo;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.LetterCase;
import dev.weir.query.plan.expr.Expr.Like;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Expr.Substring;
import dev.weir.query.plan.expr.Expr.ToReal;
import dev.weir.query.plan.expr.Expr.ToTimestamp;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.ExprType.Base;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Expressions in an engine's dialect. Immutable. */
final class ExprSql {
  private final EngineDialect dialect;
  private final UnaryOperator<String> alias;

  /**
   * @param alias the alias a product's table has in the statement
   */
  ExprSql(EngineDialect dialect, UnaryOperator<String> alias) {
    this.dialect = dialect;
    this.alias = alias;
  }

  Fragment of(Expr expr) {
    return switch (expr) {
      case Col c ->
          Fragment.of(alias.apply(c.table()) + ".\"" + EngineTables.column(c.column()) + "\"");
      case Slot s -> throw new IllegalStateException("a slot is not for an engine");
      case Lit l -> literal(l);
      case NullLit n -> Fragment.of("CAST(NULL AS " + type(n.type()) + ")");
      case Compare c -> compare(c);
      case Logic l -> logic(l);
      case Not n -> Fragment.format("(NOT {})", of(n.operand()));
      case IsNull n -> Fragment.format("({} IS NULL)", of(n.operand()));
      case IsTrue t -> Fragment.format("coalesce({}, FALSE)", of(t.operand()));
      case Like l -> like(l);
      case Case c -> choose(c);
      case Arithmetic a -> arithmetic(a);
      case Rescale r ->
          Fragment.format(
              "({} * " + tenTo(r.type().scale() - r.operand().type().scale()) + ")",
              wide(of(r.operand())));
      case ToReal r -> real(r);
      case ToTimestamp t -> Fragment.format("CAST({} AS TIMESTAMP)", of(t.operand()));
      case Extract e ->
          Fragment.format(
              "CAST(EXTRACT(" + unit(e.part()) + " FROM CAST({} AS TIMESTAMP)) AS BIGINT)",
              of(e.operand()));
      case FloorTo f ->
          Fragment.format(
              "CAST(date_trunc('"
                  + unit(f.part())
                  + "', CAST({} AS TIMESTAMP)) AS "
                  + type(f.type())
                  + ")",
              of(f.operand()));
      case LetterCase l ->
          Fragment.format(
              duck() ? "{}({})" : "{}({} COLLATE \"pg_c_utf8\")",
              Fragment.of(l.upper() ? "upper" : "lower"),
              of(l.operand()));
      case Substring s ->
          Fragment.format("substring({}, " + s.from() + ", " + s.length() + ")", of(s.operand()));
    };
  }

  boolean duck() {
    return dialect == EngineDialect.DUCKDB;
  }

  /** A whole number as the engine's 128-bit or unbounded type. */
  Fragment wide(Fragment number) {
    return Fragment.format(duck() ? "CAST({} AS HUGEINT)" : "CAST({} AS NUMERIC)", number);
  }

  /** A whole number as 64 bits; the caller knows that it fits. */
  Fragment narrow(Fragment number) {
    return Fragment.format("CAST({} AS BIGINT)", number);
  }

  static String tenTo(int exponent) {
    return BigInteger.TEN.pow(exponent).toString();
  }

  /**
   * A value as text, the same in every dialect: unscaled numbers, microseconds since 1970 for
   * timestamps.
   */
  Fragment text(Expr expr) {
    Fragment value = of(expr);
    String template = textOf(expr.type());
    return expr.type().base() == Base.BOOLEAN
        ? Fragment.format(template, value, value)
        : Fragment.format(template, value);
  }

  /**
   * {@link #text} of a value of that type, {@code {}} standing for the value wherever it occurs.
   */
  String textOf(ExprType type) {
    String text = duck() ? "VARCHAR" : "TEXT";
    return switch (type.base()) {
      case TEXT -> "{}";
      case BOOLEAN -> "CASE WHEN {} THEN 'true' WHEN NOT {} THEN 'false' END";
      case NUMBER, DATE, REAL -> "CAST({} AS " + text + ")";
      case TIMESTAMP ->
          duck()
              ? "CAST(epoch_us({}) AS VARCHAR)"
              : "CAST(CAST(EXTRACT(EPOCH FROM {}) * 1000000 AS BIGINT) AS TEXT)";
    };
  }

  private Fragment literal(Lit lit) {
    return switch (lit.type().base()) {
      case BOOLEAN -> Fragment.of(Boolean.parseBoolean(lit.text()) ? "TRUE" : "FALSE");
      case NUMBER -> bound("BIGINT", new Parameter.Whole(Long.parseLong(lit.text())));
      case REAL -> bound(type(lit.type()), new Parameter.Real(Double.parseDouble(lit.text())));
      case TEXT, DATE, TIMESTAMP -> bound(type(lit.type()), new Parameter.Text(lit.text()));
    };
  }

  private static Fragment bound(String type, Parameter parameter) {
    return Fragment.bound("CAST(? AS " + type + ")", parameter);
  }

  private Fragment compare(Compare compare) {
    boolean ordered = compare.op() != Comparison.EQ && compare.op() != Comparison.NE;
    boolean collate = !duck() && compare.left().type().base() == Base.TEXT && ordered;
    String side = collate ? "{} COLLATE \"C\"" : "{}";
    return Fragment.format(
        "(" + side + " " + compare.op().symbol() + " " + side + ")",
        of(compare.left()),
        of(compare.right()));
  }

  private Fragment logic(Logic logic) {
    List<Fragment> operands = logic.operands().stream().map(this::of).toList();
    return Fragment.format("({})", Fragment.join(logic.and() ? " AND " : " OR ", operands));
  }

  private Fragment like(Like like) {
    return Fragment.format(
        "({} LIKE {} ESCAPE '\\')",
        of(like.value()),
        bound(type(ExprType.TEXT), new Parameter.Text(like.pattern())));
  }

  private Fragment choose(Case choice) {
    var parts = new ArrayList<Fragment>();
    for (Expr.When when : choice.whens()) {
      parts.add(Fragment.format("WHEN {} THEN {}", of(when.condition()), of(when.value())));
    }
    return Fragment.format(
        "(CASE {} ELSE {} END)", Fragment.join(" ", parts), of(choice.otherwise()));
  }

  private Fragment arithmetic(Arithmetic arithmetic) {
    if (arithmetic.type().base() != Base.NUMBER) {
      throw new IllegalStateException("reals are not computed with in an engine");
    }
    String symbol =
        switch (arithmetic.op()) {
          case ADD -> "+";
          case SUBTRACT -> "-";
          case MULTIPLY -> "*";
        };
    return Fragment.format(
        "({} " + symbol + " {})", wide(of(arithmetic.left())), wide(of(arithmetic.right())));
  }

  private Fragment real(ToReal real) {
    String type = type(ExprType.REAL);
    Fragment whole = Fragment.format("CAST({} AS " + type + ")", of(real.operand()));
    int scale = real.operand().type().scale();
    return scale == 0
        ? whole
        : Fragment.format("({} / CAST(" + tenTo(scale) + " AS " + type + "))", whole);
  }

  String type(ExprType type) {
    return switch (type.base()) {
      case BOOLEAN -> "BOOLEAN";
      case NUMBER -> "BIGINT";
      case REAL -> duck() ? "DOUBLE" : "DOUBLE PRECISION";
      case TEXT -> duck() ? "VARCHAR" : "TEXT";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  private static String unit(Expr.TimePart part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
