package dev.weir.intake.reader;

import dev.weir.intake.frame.ReadFault;
import dev.weir.intake.frame.ReadFaultException;
import dev.weir.intake.frame.Row;
import java.util.Locale;
import java.util.OptionalLong;

/** Reads a text as one type. Total: whatever the text, it answers. */
@FunctionalInterface
interface CellParser {

  /**
   * Puts the value into the cell.
   *
   * @param text not empty
   * @return false, leaving the cell alone, when the text is not of the type
   */
  boolean parse(String text, Row row, int column);

  static CellParser of(ColumnSpec spec, ZoneClock zone) {
    return switch (spec.type()) {
      case STRING ->
          (text, row, column) -> {
            row.setText(column, text);
            return true;
          };
      case INTEGER -> (text, row, column) -> number(Numbers.decimal(text, 0), row, column);
      case DECIMAL ->
          (text, row, column) -> number(Numbers.decimal(text, spec.scale()), row, column);
      case DOUBLE -> CellParser::real;
      case BOOLEAN -> (text, row, column) -> number(bool(text), row, column);
      case DATE -> (text, row, column) -> number(Times.date(text), row, column);
      case TIMESTAMP -> (text, row, column) -> number(timestamp(text, zone), row, column);
    };
  }

  private static boolean number(OptionalLong value, Row row, int column) {
    value.ifPresent(number -> row.setNumber(column, number));
    return value.isPresent();
  }

  private static boolean real(String text, Row row, int column) {
    if (!Numbers.isReal(text)) {
      return false;
    }
    row.setReal(column, Double.parseDouble(text));
    return true;
  }

  private static OptionalLong timestamp(String text, ZoneClock zone) {
    return switch (Times.timestamp(text)) {
      case Times.Instant instant -> OptionalLong.of(instant.micros());
      case Times.Local local -> {
        if (!zone.isDeclared()) {
          throw new ReadFaultException(ReadFault.ZONE_UNDECLARED);
        }
        yield zone.instant(local.micros());
      }
      case Times.NoTime none -> OptionalLong.empty();
    };
  }

  private static OptionalLong bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1", "是" -> OptionalLong.of(1);
      case "false", "f", "no", "n", "0", "否" -> OptionalLong.of(0);
      default -> OptionalLong.empty();
    };
  }
}
