package dev.weir.query.record;

import dev.weir.kernel.data.Column;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.render.EngineTables;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stored records in the textual form that answers and key domains have. Stateless. */
final class RecordText {
  private RecordText() {}

  static List<List<Optional<String>>> rows(
      Connection connection, DataVersion version, List<Column> columns) throws SQLException {
    String shown = columns.stream().map(RecordText::column).collect(Collectors.joining(", "));
    var rows = new ArrayList<List<Optional<String>>>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE \"%s\" = ? ORDER BY \"%s\""
                .formatted(shown, version.tableName(), EngineTables.VERSION, EngineTables.ID))) {
      statement.setLong(1, version.number());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(row(result, columns));
        }
      }
    }
    return rows;
  }

  /** Days and times as text, so that no driver's time zone comes in. */
  private static String column(Column column) {
    String quoted = '"' + EngineTables.column(column.name()) + '"';
    return switch (column.type()) {
      case DATE, TIMESTAMP -> "CAST(" + quoted + " AS VARCHAR)";
      case BOOLEAN, INTEGER, DECIMAL, DOUBLE, STRING -> quoted;
    };
  }

  private static List<Optional<String>> row(ResultSet result, List<Column> columns)
      throws SQLException {
    var row = new ArrayList<Optional<String>>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = result.getObject(i + 1);
      row.add(value == null ? Optional.empty() : Optional.of(text(columns.get(i), value)));
    }
    return row;
  }

  private static String text(Column column, Object value) {
    return switch (column.type()) {
      case BOOLEAN, INTEGER, STRING -> value.toString();
      case DECIMAL -> Values.text(BigDecimal.valueOf((Long) value, column.scale()));
      case DOUBLE -> Values.text(value);
      case DATE, TIMESTAMP ->
          Values.parse(ExprType.of(column), value.toString())
              .map(Values::text)
              .orElseThrow(() -> new IllegalStateException("a stored time cannot be read"));
    };
  }
}
