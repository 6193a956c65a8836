package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Admits a closed list of syntax before names are looked up, so that refusals name the syntax. */
final class StatementCheck extends SqlBasicVisitor<Void> {
  private static final Set<SqlKind> QUERIES =
      EnumSet.of(SqlKind.SELECT, SqlKind.ORDER_BY, SqlKind.WITH);
  private static final Set<SqlKind> CALLS =
      EnumSet.of(
          SqlKind.SELECT,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.WITH_ITEM,
          SqlKind.JOIN,
          SqlKind.AS,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.BETWEEN,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_UNKNOWN,
          SqlKind.LIKE,
          SqlKind.CASE,
          SqlKind.PLUS,
          SqlKind.MINUS,
          SqlKind.TIMES,
          SqlKind.MINUS_PREFIX,
          SqlKind.PLUS_PREFIX,
          SqlKind.EXTRACT,
          SqlKind.FLOOR,
          SqlKind.CAST,
          SqlKind.COALESCE,
          SqlKind.NULLIF,
          SqlKind.FILTER,
          SqlKind.WITHIN_GROUP,
          SqlKind.DESCENDING,
          SqlKind.NULLS_FIRST,
          SqlKind.NULLS_LAST,
          SqlKind.COUNT,
          SqlKind.SUM,
          SqlKind.AVG,
          SqlKind.MIN,
          SqlKind.MAX,
          SqlKind.PERCENTILE_CONT,
          SqlKind.PERCENTILE_DISC,
          SqlKind.ROW);
  private static final Set<String> FUNCTIONS =
      Set.of(
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "PERCENTILE_CONT",
          "PERCENTILE_DISC",
          "MEDIAN",
          "UPPER",
          "LOWER",
          "SUBSTRING",
          "FLOOR",
          "COALESCE",
          "NULLIF",
          "YEAR",
          "MONTH",
          "DAYOFMONTH",
          "HOUR");

  static void check(SqlNode statement) {
    if (!QUERIES.contains(statement.getKind())) {
      throw refusal(statement.getKind().name(), PlanRule.NODE_NOT_ALLOWED, statement);
    }
    statement.accept(new StatementCheck());
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      checkSelect(select);
    }
    SqlKind kind = call.getKind();
    boolean function =
        kind == SqlKind.OTHER_FUNCTION || call.getOperator() instanceof SqlUnresolvedFunction;
    if (function) {
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      if (!FUNCTIONS.contains(name)) {
        throw refusal(name, PlanRule.FUNCTION_NOT_ALLOWED, call);
      }
    } else if (!CALLS.contains(kind)) {
      String name = kind == SqlKind.OTHER ? call.getOperator().getName() : kind.name();
      throw refusal(name, PlanRule.NODE_NOT_ALLOWED, call);
    }
    return super.visit(call);
  }

  @Override
  public Void visit(org.apache.calcite.sql.SqlDynamicParam param) {
    throw refusal("DYNAMIC_PARAM", PlanRule.NODE_NOT_ALLOWED, param);
  }

  private static void checkSelect(SqlSelect select) {
    if (select.hasHints()) {
      throw refusal("HINT", PlanRule.NODE_NOT_ALLOWED, select);
    }
    SqlNodeList items = select.getSelectList();
    for (SqlNode item : items) {
      if (item instanceof SqlIdentifier id && id.isStar()) {
        throw refusal("SELECT_STAR", PlanRule.SELECT_STAR, item);
      }
    }
  }

  static RefusedException refusal(String node, PlanRule rule, SqlNode where) {
    return new RefusedException(
        List.of(Refusal.of(name(node), rule).at(at(where.getParserPosition()))));
  }

  static String at(SqlParserPos position) {
    return position.getLineNum() + ":" + position.getColumnNum();
  }

  /** A node's name, never a piece of the text that is not a plain word. */
  static String name(String raw) {
    String name = raw.toUpperCase(Locale.ROOT).replace(' ', '_');
    return name.matches("[A-Z][A-Z0-9_$]{0,39}") ? name : "FUNCTION";
  }
}
