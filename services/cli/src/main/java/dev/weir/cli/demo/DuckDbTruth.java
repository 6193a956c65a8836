package dev.weir.cli.demo;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes true values with plain DuckDB over the source files, sharing no code with the services.
 * Only the demo and its test may do so: they own the files. Confined to one thread.
 */
final class DuckDbTruth implements AutoCloseable {
  private final Connection connection;

  DuckDbTruth() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET memory_limit='384MB'");
    run("SET threads=2");
  }

  /** Distinct values of a column of a public file, in order. */
  static List<String> column(Path file, String column) {
    try (var truth = new DuckDbTruth()) {
      truth.view("t", file, "true", "*");
      String name = quoted(column);
      return truth.texts(
          "SELECT DISTINCT CAST("
              + name
              + " AS VARCHAR) FROM t WHERE "
              + name
              + " IS NOT NULL ORDER BY 1");
    } catch (SQLException e) {
      throw new IllegalStateException("the file cannot be read", e);
    }
  }

  /**
   * Declares a table as the treated records are.
   *
   * @param where what cleaning lets through
   * @param columns the treated columns
   */
  void view(String table, Path file, String where, String columns) throws SQLException {
    String name = file.toAbsolutePath().toString().replace("'", "''");
    String source =
        name.endsWith(".parquet")
            ? "'" + name + "'"
            : "read_csv('" + name + "', header = true, sample_size = -1)";
    run(
        "CREATE OR REPLACE VIEW "
            + table
            + " AS SELECT "
            + columns
            + " FROM "
            + source
            + " WHERE "
            + where);
  }

  /**
   * Declares a table over a CSV file whose cells are texts.
   *
   * @param names of its columns, quoted as literals
   */
  void textView(
      String table, Path file, String delimiter, List<String> names, String where, String columns)
      throws SQLException {
    String source =
        "read_csv('%s', header = true, all_varchar = true, delim = '%s', quote = '\"', escape = '\"', names = [%s])"
            .formatted(
                file.toAbsolutePath().toString().replace("'", "''"),
                delimiter.replace("'", "''"),
                String.join(", ", names));
    run(
        "CREATE OR REPLACE VIEW %s AS SELECT %s FROM %s WHERE %s"
            .formatted(table, columns, source, where));
  }

  /** The only row of a query, column by column. */
  List<BigDecimal> row(String sql) throws SQLException {
    return byKey("SELECT 'all', * FROM (" + sql + ")").getOrDefault("all", List.of());
  }

  BigDecimal number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      BigDecimal value = rows.getBigDecimal(1);
      return value == null ? BigDecimal.ZERO : value;
    }
  }

  /** First column to the others. */
  Map<String, List<BigDecimal>> byKey(String sql) throws SQLException {
    var found = new HashMap<String, List<BigDecimal>>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        var values = new ArrayList<BigDecimal>();
        for (int column = 2; column <= columns; column++) {
          BigDecimal value = rows.getBigDecimal(column);
          values.add(value == null ? BigDecimal.ZERO : value);
        }
        String key = rows.getString(1);
        found.put(key == null ? "" : key, values);
      }
    }
    return found;
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private List<String> texts(String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
