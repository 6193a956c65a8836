package dev.weir.cli.aggregate;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.RecordSum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A party's records from a file, a vector of decimals a row, clipped and added up to the one
 * measurement that the party contributes to a batch. Immutable.
 *
 * @param rows of the file that are not blank, its heading not counted
 * @param records how many of them are in the measurement
 * @param clipped how many records clipping changed
 * @param wrong the others, with the reason
 * @param measurement secret
 * @param sha256 of the file's content, lower-case hex
 */
record RecordFile(
    long rows,
    int records,
    int clipped,
    List<Wrong> wrong,
    Measurement measurement,
    String sha256) {
  /** A row that is no record. */
  record Wrong(long row, String reason) {}

  RecordFile {
    wrong = List.copyOf(wrong);
  }

  /**
   * @throws CommandFault when there are more records than a report may add up, or none at all
   */
  static RecordFile read(SourceFile file, boolean header, FixedPointEncoding encoding)
      throws IOException {
    if (header) {
      try (var reading = file.read(Long.MAX_VALUE)) {
        Heading.requireAtFirst(Measurements.lines(reading).iterator(), DecimalRow::isOfDecimals);
      }
    }
    try (var reading = file.read(Long.MAX_VALUE)) {
      return read(reading, header, encoding);
    }
  }

  private static RecordFile read(
      SourceFile.Reading reading, boolean header, FixedPointEncoding encoding) {
    var lines = Measurements.lines(reading).iterator();
    var sum = encoding.sum();
    var parser = new DecimalRow(encoding.length());
    var wrong = new ArrayList<Wrong>();
    for (long number = 1; lines.hasNext(); number++) {
      String row = lines.next();
      if (!row.isBlank() && !(header && number == 1)) {
        add(sum, encoding, parser, number, row, wrong);
      }
    }
    if (sum.records() == 0 && wrong.isEmpty()) {
      throw new CommandFault(
          ExitCode.USAGE, "文件中没有记录，未上报任何内容", "the file holds no record; nothing was sent");
    }
    return new RecordFile(
        sum.records() + (long) wrong.size(),
        sum.records(),
        sum.clipped(),
        wrong,
        sum.measurement(),
        reading.sha256());
  }

  private static void add(
      RecordSum sum,
      FixedPointEncoding encoding,
      DecimalRow parser,
      long number,
      String row,
      List<Wrong> wrong) {
    double[] vector;
    try {
      vector = parser.of(row);
    } catch (Measurements.BadRow bad) {
      wrong.add(new Wrong(number, bad.reason()));
      return;
    }
    if (sum.records() == encoding.records()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "任务的一份报告至多合并 " + encoding.records() + " 条记录（--records），文件中不止此数；未上报任何内容",
          "a report of the task adds up at most %,d records (--records), and the file holds more; nothing was sent"
              .formatted(encoding.records()));
    }
    sum.add(vector);
  }

  @Override
  public String toString() {
    return "RecordFile[" + records + " of " + rows + " rows]";
  }
}
