package dev.weir.intake.profile;

import dev.weir.intake.frame.Row;
import dev.weir.kernel.data.ColumnType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The one text form of a value: rules, recognisers, pseudonyms and profiles all use it. Pure. */
public final class CellText {
  private static final long SECOND = 1_000_000L;

  private CellText() {}

  /** The text of a cell that is neither null nor bad. */
  public static String of(Row row, int column, ColumnType type, int scale) {
    return switch (row.kind(column)) {
      case Row.NUMBER -> number(row.number(column), type, scale);
      case Row.REAL -> real(row.real(column));
      default -> row.text(column);
    };
  }

  public static String number(long value, ColumnType type, int scale) {
    return switch (type) {
      case BOOLEAN -> value == 0 ? "false" : "true";
      case DECIMAL -> BigDecimal.valueOf(value, scale).toPlainString();
      case DATE -> LocalDate.ofEpochDay(value).toString();
      case TIMESTAMP ->
          Instant.ofEpochSecond(Math.floorDiv(value, SECOND), Math.floorMod(value, SECOND) * 1000L)
              .toString();
      case INTEGER, DOUBLE, STRING -> Long.toString(value);
    };
  }

  public static String real(double value) {
    return new BigDecimal(Double.toString(value)).toPlainString();
  }
}
