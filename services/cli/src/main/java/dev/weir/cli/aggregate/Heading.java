package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import java.util.Iterator;
import java.util.function.Predicate;

/**
 * Whether the first row of a file is its heading, as {@code --header} says. Looked at before
 * anything is sent: a measurement that is taken for a heading would never count, and a heading that
 * is taken for a measurement would be a wrong row for good.
 */
final class Heading {
  private Heading() {}

  /**
   * @param rows of a file of which nothing was sent yet; only the first ones are read
   * @param isRow whether a row is one of values as the task's are, whether or not they are in range
   * @throws CommandFault when there is no row, or the first one is not what {@code header} says
   */
  static void require(Iterator<String> rows, boolean header, Predicate<String> isRow) {
    if (header) {
      requireAtFirst(rows, isRow);
    }
    String first = "";
    while (first.isBlank() && rows.hasNext()) {
      first = rows.next();
    }
    if (first.isBlank()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "文件中没有可上报的行，未上报任何内容",
          "the file holds no row to upload; nothing was sent");
    }
    if (!header && !isRow.test(first)) {
      throw new CommandFault(
          ExitCode.USAGE,
          "首行不是数据，未上报任何内容；若为表头请加 --header，否则请改正",
          "the first row is no data, and nothing was sent: add --header if it is a heading, or mend"
              + " it");
    }
  }

  /**
   * Passes over the first row.
   *
   * @throws CommandFault when it is no heading
   */
  static void requireAtFirst(Iterator<String> rows, Predicate<String> isRow) {
    if (rows.hasNext() && isRow.test(rows.next())) {
      throw new CommandFault(
          ExitCode.USAGE,
          "首行是数据而不是表头，加 --header 会将其略去，故未上报任何内容；请去掉 --header",
          "the first row is data and no heading: --header would leave it out, so nothing was sent;"
              + " leave --header away");
    }
  }
}
