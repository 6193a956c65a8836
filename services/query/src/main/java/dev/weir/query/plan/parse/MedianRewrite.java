package dev.weir.query.plan.parse;

import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/** MEDIAN(x) is PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x). */
final class MedianRewrite extends SqlShuttle {
  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode rewritten = Objects.requireNonNull(super.visit(call));
    if (rewritten instanceof SqlCall c
        && c.getOperator() instanceof SqlUnresolvedFunction
        && c.getOperator().getName().equalsIgnoreCase("MEDIAN")
        && c.operandCount() == 1) {
      var position = c.getParserPosition();
      var quantile =
          SqlStdOperatorTable.PERCENTILE_CONT.createCall(
              position, SqlLiteral.createExactNumeric("0.5", position));
      return SqlStdOperatorTable.WITHIN_GROUP.createCall(
          position, quantile, SqlNodeList.of(c.operand(0)));
    }
    return rewritten;
  }
}
