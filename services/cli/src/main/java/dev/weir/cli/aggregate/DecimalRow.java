package dev.weir.cli.aggregate;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The vector of a record, as a row of a file: decimals separated by commas. What a row says is
 * bounded before any of it is parsed; each decimal becomes the nearest double. Immutable.
 *
 * @param length elements of the task's vectors
 */
record DecimalRow(int length) {
  private static final int MOST_CHARACTERS = 64;

  /** No words: neither NaN nor an infinity is a measurement; 10^99 is the largest power. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,2})?");

  /**
   * @return finite numbers, shape [length]; secret
   * @throws Measurements.BadRow when the row is none of the task; its reason never shows the row
   */
  double[] of(String row) {
    if (row.chars().filter(one -> one == ',').count() != length - 1) {
      throw new Measurements.BadRow(RowFault.WRONG_LENGTH);
    }
    var vector = new double[length];
    int from = 0;
    for (int i = 0; i < length; i++) {
      int comma = row.indexOf(',', from);
      int to = comma < 0 ? row.length() : comma;
      vector[i] = decimal(Measurements.cell(row.substring(from, to)));
      from = to + 1;
    }
    return vector;
  }

  /** False for a heading, and for whatever else is no row of decimals. */
  static boolean isOfDecimals(String row) {
    return row.equals(BoundedRows.TOO_LONG)
        || Arrays.stream(row.split(",", -1))
            .map(Measurements::cell)
            .allMatch(DecimalRow::isDecimal);
  }

  private static boolean isDecimal(String text) {
    return text.length() <= MOST_CHARACTERS && DECIMAL.matcher(text).matches();
  }

  private static double decimal(String text) {
    if (!isDecimal(text)) {
      throw new Measurements.BadRow(RowFault.NOT_DECIMALS);
    }
    return Double.parseDouble(text);
  }
}
