package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Whole numbers of one column of a Parquet file, in the file's order; a value is never shown. The
 * engine lives as long as the reading, in this process of the department's own.
 */
final class DuckDbColumn {
  /** As the engine names the types whose every value fits 64 bits. */
  private static final Set<String> WHOLE =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");

  private DuckDbColumn() {}

  /**
   * @param most values in one part
   * @return parts in the file's order; a missing value is no value
   */
  static List<long[]> read(Path file, String name, int most) {
    var settings = new Properties();
    settings.setProperty("memory_limit", "512MB");
    settings.setProperty("threads", "1");
    settings.setProperty("preserve_insertion_order", "true");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:", settings)) {
      return parts(connection, file, selected(connection, file, name), most);
    } catch (SQLException e) {
      throw new CommandFault( // the engine's own words may hold values
          ExitCode.USAGE, "无法读取该 Parquet 文件", "the Parquet file cannot be read");
    }
  }

  /** The column, quoted, once it is known to be there and to hold whole numbers. */
  private static String selected(Connection connection, Path file, String name)
      throws SQLException {
    try (var query = connection.prepareStatement("select * from read_parquet(?) limit 0")) {
      query.setString(1, file.toString());
      try (var rows = query.executeQuery()) {
        var columns = rows.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          if (columns.getColumnName(i).equals(name)) {
            if (!WHOLE.contains(columns.getColumnTypeName(i))) {
              throw new CommandFault(
                  ExitCode.USAGE,
                  "列 " + name + " 不是整数列；未发送任何内容",
                  "the column " + name + " does not hold whole numbers; nothing was sent");
            }
            return '"' + name.replace("\"", "\"\"") + '"';
          }
        }
      }
    }
    throw new CommandFault(ExitCode.USAGE, "文件没有列 " + name, "the file has no column " + name);
  }

  private static List<long[]> parts(Connection connection, Path file, String column, int most)
      throws SQLException {
    var parts = new ArrayList<long[]>();
    var part = new long[most];
    int count = 0;
    try (var query =
        connection.prepareStatement(
            "select " + column + " from read_parquet(?) where " + column + " is not null")) {
      query.setString(1, file.toString());
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          part[count++] = rows.getLong(1);
          if (count == most) {
            parts.add(part.clone());
            count = 0;
          }
        }
      }
    }
    if (count > 0) {
      parts.add(Arrays.copyOf(part, count));
    }
    return parts;
  }
}
