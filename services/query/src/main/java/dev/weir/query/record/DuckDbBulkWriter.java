package dev.weir.query.record;

import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes through DuckDB's appender. A transaction must already be running on the connection: an
 * appender used before the first statement commits by itself, and a rollback then leaves its rows
 * behind.
 */
final class DuckDbBulkWriter implements BulkWriter {

  @Override
  public void write(Connection connection, DataVersion version, List<StoredRecord> records)
      throws SQLException {
    List<Column> columns = version.columns().columns();
    var duck = connection.unwrap(DuckDBConnection.class);
    try (DuckDBAppender appender =
        duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, version.tableName())) {
      for (StoredRecord stored : records) {
        appender.beginRow();
        appender.append(HexFormat.of().parseHex(stored.id()));
        appender.append(version.number());
        for (int i = 0; i < columns.size(); i++) {
          append(appender, columns.get(i).type(), stored.values().get(i));
        }
        appender.endRow();
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, ColumnType type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (type) {
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case INTEGER, DECIMAL -> appender.append((long) (Long) value);
      case DOUBLE -> appender.append((double) (Double) value);
      case STRING -> appender.append((String) value);
      case DATE -> appender.appendEpochDays(Math.toIntExact((Long) value));
      case TIMESTAMP -> appender.appendEpochMicros((Long) value);
    }
  }
}
