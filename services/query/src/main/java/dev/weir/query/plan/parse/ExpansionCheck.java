package dev.weir.query.plan.parse;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how large a statement becomes once every column of a sub-query is replaced by what it
 * stands for. Calcite does so, and so do we; a few lines that each name a column of the line below
 * twice, or COALESCE in COALESCE, would otherwise take time without end. Confined to one statement.
 */
final class ExpansionCheck {
  private static final long MAX_NODES = 8_000;

  /** Size of the largest column of each common table expression, by upper-case name. */
  private final Map<String, Long> named = new HashMap<>();

  private long nodes;

  private ExpansionCheck() {}

  /**
   * @throws RefusedException beyond 8,000 nodes
   */
  static void check(SqlNode statement) {
    new ExpansionCheck().query(statement);
  }

  /** Counts a query; answers the size of its largest column, at least 1. */
  private long query(@Nullable SqlNode query) {
    return switch (query) {
      case null -> 1;
      case SqlSelect select -> select(select);
      case SqlOrderBy ordered -> {
        long column = query(ordered.query);
        size(ordered.orderList, column);
        yield column;
      }
      case SqlWith with -> {
        for (SqlNode item : with.withList) {
          if (item instanceof SqlWithItem named) {
            define(named);
          }
        }
        yield query(with.body);
      }
      case SqlJoin join -> {
        long column = Math.max(query(join.getLeft()), query(join.getRight()));
        size(join.getCondition(), column);
        yield column;
      }
      case SqlIdentifier table ->
          named.getOrDefault(table.names.getLast().toUpperCase(Locale.ROOT), 1L);
      case SqlCall call when call.getKind() == SqlKind.AS -> query(call.operand(0));
      default -> size(query, 1);
    };
  }

  private void define(SqlWithItem item) {
    String name = item.name.getSimple().toUpperCase(Locale.ROOT);
    named.merge(name, query(item.query), Math::max);
  }

  private long select(SqlSelect select) {
    long below = query(select.getFrom());
    long column = 1;
    for (SqlNode item : select.getSelectList()) {
      column = Math.max(column, size(item, below));
    }
    size(select.getWhere(), below);
    size(select.getGroup(), column); // these three may use the names of the select list
    size(select.getHaving(), column);
    size(select.getOrderList(), column);
    return column;
  }

  /**
   * Counts an expression.
   *
   * @param column what a name stands for
   */
  private long size(@Nullable SqlNode node, long column) {
    return switch (node) {
      case null -> 0;
      case SqlSelect select -> query(select);
      case SqlIdentifier name -> spend(column);
      case SqlNodeList list -> {
        long size = 0;
        for (SqlNode item : list) {
          size += size(item, column);
        }
        yield size;
      }
      case SqlCall call -> {
        long size = spend(1);
        var operands = call.getOperandList();
        for (int i = 0; i < operands.size(); i++) {
          long operand = size(operands.get(i), column);
          size += operand + spend(operand * (copies(call, i) - 1));
        }
        yield size;
      }
      default -> spend(1);
    };
  }

  /** How often an operand is written out when the call is put in terms of simpler ones. */
  private static long copies(SqlCall call, int operand) {
    boolean first = operand == 0;
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "COALESCE" -> 2;
      case "NULLIF" -> first ? 2 : 1;
      default ->
          switch (call.getKind()) {
            case BETWEEN -> first ? 2 : 1;
            case IN, NOT_IN ->
                first && call.operand(1) instanceof SqlNodeList list ? Math.max(1, list.size()) : 1;
            default -> 1;
          };
    };
  }

  private long spend(long more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw RefusedException.of("TEXT", PlanRule.TOO_COMPLEX);
    }
    return more;
  }
}
