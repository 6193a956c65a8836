package dev.weir.audit.meter;

import dev.weir.kernel.ContractId;
import java.time.Instant;
import java.util.List;

/**
 * The bill of a contract over a period. Immutable.
 *
 * @param from included
 * @param to excluded
 * @param size of the log that the fold went over
 * @param lines one for each product or combination of products, in the order of their ids
 * @param total over all lines
 */
public record Statement(
    ContractId contractId, Instant from, Instant to, long size, List<Line> lines, Line total) {
  public Statement {
    lines = List.copyOf(lines);
  }

  /**
   * Sums of one product, or of all.
   *
   * @param product its id, or ids separated by spaces; {@code *} in the total
   * @param readings how many leaves were added
   */
  public record Line(
      String product, long readings, long calls, long freeCalls, long nanoRho, long fen) {
    static final String ALL = "*";

    static Line empty(String product) {
      return new Line(product, 0, 0, 0, 0, 0);
    }

    Line plus(Reading reading) {
      return new Line(
          product,
          readings + 1,
          Math.addExact(calls, reading.calls()),
          Math.addExact(freeCalls, reading.freeCalls()),
          Math.addExact(nanoRho, reading.nanoRho()),
          Math.addExact(fen, reading.fen()));
    }
  }
}
