package dev.weir.cli.campaign.check;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One consistent look at every table. Confined to one thread. */
final class PostgresTables implements AutoCloseable {
  private final Connection connection;

  private PostgresTables(Connection connection) {
    this.connection = connection;
  }

  static PostgresTables open(Sources sources) throws SQLException {
    var connection =
        DriverManager.getConnection(
            sources.jdbcUrl(), sources.databaseUser(), sources.databasePassword());
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    return new PostgresTables(connection);
  }

  /** Rows of a query; a null is left out of its row. */
  List<Row> rows(String sql, Object... arguments) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (var result = statement.executeQuery()) {
        var rows = new ArrayList<Row>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          var row = new LinkedHashMap<String, Object>();
          for (int i = 1; i <= columns; i++) {
            Object value = result.getObject(i);
            if (value != null) {
              row.put(
                  result.getMetaData().getColumnLabel(i),
                  value instanceof Array array ? array.getArray() : value);
            }
          }
          rows.add(new Row(row));
        }
        return rows;
      }
    }
  }

  long number(String sql, Object... arguments) throws SQLException {
    return rows(sql, arguments).getFirst().number("count");
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }

  /** One row by column name. */
  record Row(Map<String, Object> values) {
    String text(String column) {
      return String.valueOf(values.getOrDefault(column, ""));
    }

    long number(String column) {
      return ((Number) values.getOrDefault(column, 0L)).longValue();
    }

    boolean truth(String column) {
      return Objects.equals(values.get(column), true);
    }

    byte[] bytes(String column) {
      return (byte[]) values.getOrDefault(column, new byte[0]);
    }

    List<Long> numbers(String column) {
      return List.of((Long[]) values.getOrDefault(column, new Long[0]));
    }
  }
}
