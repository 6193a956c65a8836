package dev.weir.query.record;

import dev.weir.kernel.data.Column;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Writes through PostgreSQL's COPY in text form. */
final class PostgresBulkWriter implements BulkWriter {
  private static final long MICROS = 1_000_000;

  @Override
  public void write(Connection connection, DataVersion version, List<StoredRecord> records)
      throws SQLException {
    List<Column> columns = version.columns().columns();
    var text = new StringBuilder();
    for (StoredRecord stored : records) {
      text.append("\\\\x").append(stored.id()).append('\t').append(version.number());
      for (int i = 0; i < columns.size(); i++) {
        text.append('\t');
        append(text, columns.get(i), stored.values().get(i));
      }
      text.append('\n');
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + version.tableName() + " FROM STDIN", new StringReader(text.toString()));
    } catch (IOException e) {
      throw new SQLException("copying records failed", e);
    }
  }

  private static void append(StringBuilder text, Column column, @Nullable Object value) {
    if (value == null) {
      text.append("\\N");
      return;
    }
    switch (column.type()) {
      case BOOLEAN, INTEGER, DECIMAL, DOUBLE -> text.append(value);
      case STRING -> escape(text, (String) value);
      case DATE -> text.append(LocalDate.ofEpochDay((Long) value));
      case TIMESTAMP -> text.append(timestamp((Long) value));
    }
  }

  private static LocalDateTime timestamp(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        // PostgreSQL text cannot hold NUL; intake refuses it, so this only guards the stream's
        // framing.
        case '\0' -> text.append('\uFFFD');
        default -> text.append(c);
      }
    }
  }
}
