package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.kernel.data.ColumnType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A Parquet file read by DuckDB, which may see this one file and nothing else: memory and threads
 * are capped, no extension is loaded at run time, the configuration is locked before the file is
 * opened. The engine's messages quote the file, so they go nowhere.
 */
final class DuckDBParquet implements SourceFile {
  private final Connection connection;
  private final String from;

  DuckDBParquet(ReadRequest request) {
    String path = literal(request.file());
    from = " FROM read_parquet(" + path + ")";
    var settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("memory_limit", request.engineMemoryMb() + "MB");
    settings.setProperty("threads", "1");
    settings.setProperty("temp_directory", "");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:", settings);
      try (var statement = connection.createStatement()) {
        statement.execute("SET allowed_paths=[" + path + "]");
        statement.execute("SET enable_external_access=false");
        statement.execute("SET lock_configuration=true");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the Parquet engine did not start", e);
    }
  }

  @Override
  public String encoding() {
    return "";
  }

  @Override
  public String delimiter() {
    return "";
  }

  @Override
  public List<SourceColumn> infer() {
    var headers = new ArrayList<String>();
    var types = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var described = statement.executeQuery("DESCRIBE SELECT *" + from)) {
      while (described.next()) {
        headers.add(described.getString(1));
        types.add(described.getString(2));
      }
    } catch (SQLException e) {
      throw new ReadFaultException(ReadFault.MALFORMED_PARQUET, e);
    }
    List<String> names = Headers.normalise(headers);
    var columns = new ArrayList<SourceColumn>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(column(headers.get(i), names.get(i), types.get(i)));
    }
    return columns;
  }

  private static SourceColumn column(String header, String name, String engineType) {
    if (engineType.startsWith("DECIMAL(")) {
      String[] parts = engineType.substring(8, engineType.length() - 1).split(",", -1);
      int scale = Integer.parseInt(parts[1].strip());
      boolean fits = scale <= 18;
      return new SourceColumn(
          header, name, fits ? ColumnType.DECIMAL : ColumnType.STRING, fits ? scale : 0, false);
    }
    ColumnType type =
        switch (engineType) {
          case "BOOLEAN" -> ColumnType.BOOLEAN;
          case "TINYINT",
              "SMALLINT",
              "INTEGER",
              "BIGINT",
              "UTINYINT",
              "USMALLINT",
              "UINTEGER",
              "UBIGINT",
              "HUGEINT",
              "UHUGEINT" ->
              ColumnType.INTEGER;
          case "FLOAT", "DOUBLE" -> ColumnType.DOUBLE;
          case "VARCHAR", "UUID", "TIME", "JSON" -> ColumnType.STRING;
          case "DATE" -> ColumnType.DATE;
          case "TIMESTAMP",
              "TIMESTAMP_S",
              "TIMESTAMP_MS",
              "TIMESTAMP_NS",
              "TIMESTAMP WITH TIME ZONE" ->
              ColumnType.TIMESTAMP;
          default -> {
            if (engineType.startsWith("ENUM(")) {
              yield ColumnType.STRING;
            }
            throw new ReadFaultException(ReadFault.UNSUPPORTED_COLUMN);
          }
        };
    boolean local = type == ColumnType.TIMESTAMP && !engineType.contains("WITH TIME ZONE");
    return new SourceColumn(header, name, type, 0, local);
  }

  @Override
  public RowSource rows(List<ColumnSpec> wanted, boolean onlyListed, ZoneClock zone) {
    List<SourceColumn> found = infer();
    if (!onlyListed && found.size() > wanted.size()) {
      throw new ReadFaultException(ReadFault.EXTRA_COLUMN);
    }
    var columns = new ArrayList<SourceColumn>();
    var select = new ArrayList<String>();
    var cells = new DuckDBCell[wanted.size()];
    for (int i = 0; i < cells.length; i++) {
      ColumnSpec spec = wanted.get(i);
      SourceColumn source =
          found.stream()
              .filter(column -> column.name().equalsIgnoreCase(spec.name()))
              .findFirst()
              .orElseThrow(() -> new ReadFaultException(ReadFault.MISSING_COLUMN));
      if (source.localTime() && spec.type() == ColumnType.TIMESTAMP && !zone.isDeclared()) {
        throw new ReadFaultException(ReadFault.ZONE_UNDECLARED);
      }
      cells[i] = DuckDBCell.of(source, spec, zone);
      select.add(cells[i].expression(identifier(source.sourceName())));
      columns.add(source);
    }
    try {
      return new DuckDBRows(
          connection, "SELECT " + String.join(", ", select) + from, columns, cells);
    } catch (SQLException e) {
      throw new ReadFaultException(ReadFault.MALFORMED_PARQUET, e);
    }
  }

  private static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the Parquet engine did not close", e);
    }
  }
}
