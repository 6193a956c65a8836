package dev.weir.intake.reader;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.data.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How one Parquet column is asked for and fetched. Where the wanted type is not the one found, or a
 * value may exceed 64 bits, the value travels as text and is parsed like one from a CSV, so that
 * what does not fit becomes a broken type rule instead of a silent null.
 */
sealed interface DuckDBCell {

  /** The SQL expression for the quoted column. */
  String expression(String column);

  /** Fetches the {@code column}-th result column, counted from 0, into the row. */
  void fetch(ResultSet result, Row row, int column) throws SQLException;

  static DuckDBCell of(SourceColumn source, ColumnSpec wanted, ZoneClock zone) {
    if (source.type() != wanted.type() || wanted.type() == ColumnType.DECIMAL) {
      return new AsText(CellParser.of(wanted, zone));
    }
    return switch (wanted.type()) {
      case STRING -> new Text();
      case INTEGER -> new Whole();
      case DOUBLE -> new Real();
      case BOOLEAN -> new Number("CAST(%s AS TINYINT)");
      case DATE -> new Number("datediff('day', DATE '1970-01-01', %s)");
      case TIMESTAMP -> source.localTime() ? new LocalTime(zone) : new Number("epoch_us(%s)");
      case DECIMAL -> throw new IllegalStateException("decimals travel as text");
    };
  }

  /** Whole numbers; those beyond 64 bits would fail the cast, so they are fetched as text. */
  record Whole() implements DuckDBCell {
    @Override
    public String expression(String column) {
      return column;
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      Object value = result.getObject(column + 1);
      if (value instanceof Long
          || value instanceof Integer
          || value instanceof Short
          || value instanceof Byte) {
        row.setNumber(column, ((java.lang.Number) value).longValue());
      } else if (value != null) {
        String text = value.toString();
        Numbers.decimal(text, 0)
            .ifPresentOrElse(
                number -> row.setNumber(column, number), () -> row.setBad(column, text));
      }
    }
  }

  /** A value that the engine turns into a 64-bit number. */
  record Number(String template) implements DuckDBCell {
    @Override
    public String expression(String column) {
      return template.formatted(column);
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      long value = result.getLong(column + 1);
      if (!result.wasNull()) {
        row.setNumber(column, value);
      }
    }
  }

  /** A time without zone, placed by the declared zone. */
  record LocalTime(ZoneClock zone) implements DuckDBCell {
    @Override
    public String expression(String column) {
      return "epoch_us(%s)".formatted(column);
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      long local = result.getLong(column + 1);
      if (!result.wasNull()) {
        zone.instant(local)
            .ifPresentOrElse(
                instant -> row.setNumber(column, instant),
                () -> row.setBad(column, Long.toString(local)));
      }
    }
  }

  /** A binary64; infinities and not-a-number are no values. */
  record Real() implements DuckDBCell {
    @Override
    public String expression(String column) {
      return "CAST(%s AS DOUBLE)".formatted(column);
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      double value = result.getDouble(column + 1);
      if (result.wasNull()) {
        return;
      }
      if (Double.isFinite(value)) {
        row.setReal(column, value);
      } else {
        row.setBad(column, Double.toString(value));
      }
    }
  }

  /** A string; the empty one is null, as in a CSV. */
  record Text() implements DuckDBCell {
    @Override
    public String expression(String column) {
      return "CAST(%s AS VARCHAR)".formatted(column);
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      String value = result.getString(column + 1);
      if (value != null && !value.isEmpty()) {
        row.setText(column, value);
      }
    }
  }

  /** Any value as text, parsed by us. */
  record AsText(CellParser parser) implements DuckDBCell {
    @Override
    public String expression(String column) {
      return "CAST(%s AS VARCHAR)".formatted(column);
    }

    @Override
    public void fetch(ResultSet result, Row row, int column) throws SQLException {
      String value = result.getString(column + 1);
      if (value != null && !value.isEmpty() && !parser.parse(value, row, column)) {
        row.setBad(column, Texts.clip(value));
      }
    }
  }
}
