package dev.weir.cli.aggregate;

import dev.weir.dap.task.VdafConfiguration;
import dev.weir.privacy.vdaf.Measurement;
import java.util.Arrays;
import java.util.stream.Stream;

/** Measurements from rows of a file: integers, separated by commas where there are several. */
final class Measurements {
  /** The byte order mark that spreadsheets write before UTF-8. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  private final VdafConfiguration vdaf;

  Measurements(VdafConfiguration vdaf) {
    this.vdaf = vdaf;
  }

  /** Rows are digits: a heading may be in any encoding, and a mark of one may stand before them. */
  static Stream<String> lines(SourceFile.Reading file) {
    return BoundedRows.of(file, BoundedRows.MOST_BYTES)
        .map(line -> line.startsWith(MARK) ? line.substring(MARK.length()) : line);
  }

  /**
   * @throws BadRow when the row is none of the task; its reason never shows the row
   */
  Measurement of(String row) {
    if (row.equals(BoundedRows.TOO_LONG)) {
      throw new BadRow(RowFault.TOO_LONG);
    }
    long[] values = integers(row);
    try {
      return switch (vdaf) {
        case VdafConfiguration.Count() -> Measurement.yes(yes(only(values)));
        case VdafConfiguration.Sum(long max) -> Measurement.number(only(values));
        case VdafConfiguration.Histogram(long length, long chunk) ->
            Measurement.bucket(Math.toIntExact(only(values)));
        case VdafConfiguration.SumVec(long length, long max, long chunk) ->
            Measurement.vector(values);
        case VdafConfiguration.UnverifiedSumVec(long length, long max) ->
            Measurement.vector(values);
        case VdafConfiguration.MultihotCountVec(long length, long chunk, long weight) ->
            Measurement.choices(choices(values));
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadRow(RowFault.NO_MEASUREMENT);
    }
  }

  /** False for a heading, and for whatever else is no row of integers. */
  boolean isOfIntegers(String row) {
    try {
      return row.equals(BoundedRows.TOO_LONG) || integers(row).length > 0;
    } catch (BadRow noIntegers) {
      return false;
    }
  }

  private static long[] integers(String row) {
    try {
      return Arrays.stream(row.split(",", -1))
          .map(Measurements::cell)
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (NumberFormatException e) {
      throw new BadRow(RowFault.NOT_INTEGERS);
    }
  }

  /** As CSV has it: a value in quotes is the same value (RFC 4180). */
  static String cell(String text) {
    String cell = text.strip();
    boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
    return quoted ? cell.substring(1, cell.length() - 1).strip() : cell;
  }

  /** A row of which no report is made. */
  static final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRow(RowFault fault) {
      super(fault.reason());
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  private static boolean yes(long value) {
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("0 or 1");
    }
    return value == 1;
  }

  private static long only(long[] values) {
    if (values.length != 1) {
      throw new IllegalArgumentException("one value");
    }
    return values[0];
  }

  private static boolean[] choices(long[] values) {
    var chosen = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new IllegalArgumentException("0 or 1");
      }
      chosen[i] = values[i] == 1;
    }
    return chosen;
  }
}
