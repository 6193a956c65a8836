package dev.weir.intake.profile;

import dev.weir.intake.reader.SourceColumn;
import dev.weir.kernel.data.ColumnType;

/** Smallest and largest value of a column; texts by code unit, the first 256 of them. */
final class Extremes {
  private static final int TEXT_CHARS = 256;

  private long minNumber = Long.MAX_VALUE;
  private long maxNumber = Long.MIN_VALUE;
  private double minReal = Double.POSITIVE_INFINITY;
  private double maxReal = Double.NEGATIVE_INFINITY;
  private String minText = "";
  private String maxText = "";

  void number(long value) {
    minNumber = Math.min(minNumber, value);
    maxNumber = Math.max(maxNumber, value);
  }

  void real(double value) {
    minReal = Math.min(minReal, value);
    maxReal = Math.max(maxReal, value);
  }

  void text(String value) {
    if (minText.isEmpty() || value.compareTo(minText) < 0) {
      minText = clip(value);
    }
    if (value.compareTo(maxText) > 0) {
      maxText = clip(value);
    }
  }

  String min(SourceColumn column) {
    return render(column, minNumber, minReal, minText);
  }

  String max(SourceColumn column) {
    return render(column, maxNumber, maxReal, maxText);
  }

  private static String render(SourceColumn column, long number, double real, String text) {
    if (column.type() == ColumnType.STRING) {
      return text;
    }
    return column.type() == ColumnType.DOUBLE
        ? CellText.real(real)
        : CellText.number(number, column.type(), column.scale());
  }

  private static String clip(String value) {
    return value.length() <= TEXT_CHARS ? value : value.substring(0, TEXT_CHARS);
  }
}
