package dev.weir.query.job;

import dev.weir.kernel.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as its consumer gets it.
 *
 * @param rows [rows][columns]
 * @param protectedUnit {@code person} or {@code record} for dp answers: whose presence the noise
 *     hides
 * @param boundsDependOnData whether bounds were taken from a profile instead of declared
 * @param synthetic whether any of the data are generated
 * @param groupsWithheld whether groups below the minimum are left out of answers like this; says
 *     nothing about whether there are any
 * @param dataVersions the sealed version behind each table
 */
public record AnswerView(
    List<Column> columns,
    List<List<Cell>> rows,
    Optional<String> protectedUnit,
    boolean boundsDependOnData,
    boolean synthetic,
    boolean groupsWithheld,
    Map<String, Long> dataVersions) {
  public AnswerView {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    dataVersions = Map.copyOf(dataVersions);
  }

  /**
   * @param kind key, constant, count, sum, average, quantile or extreme
   * @param expectedHalfWidth of the 95 % interval, known before the query ran
   */
  public record Column(String label, String kind, Optional<BigDecimal> expectedHalfWidth) {}

  /**
   * One value; exactly one of {@code text} and {@code number} is there unless it is null or
   * suppressed.
   *
   * @param interval 95 % around the truth of the treated, clamped data; confidence 1 for exact
   *     answers
   * @param rankHalfWidth for quantiles: how many records the rank may be off, 95 %
   */
  public record Cell(
      Optional<String> text,
      Optional<BigDecimal> number,
      Optional<Interval> interval,
      Optional<BigDecimal> rankHalfWidth,
      boolean suppressed) {

    static Cell ofText(String text) {
      return new Cell(
          Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static Cell ofNull() {
      return new Cell(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static Cell ofSuppressed() {
      return new Cell(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    static Cell ofNumber(BigDecimal number, Interval interval) {
      return new Cell(
          Optional.empty(), Optional.of(number), Optional.of(interval), Optional.empty(), false);
    }

    static Cell ofQuantile(BigDecimal number, Interval interval, BigDecimal rankHalfWidth) {
      return new Cell(
          Optional.empty(),
          Optional.of(number),
          Optional.of(interval),
          Optional.of(rankHalfWidth),
          false);
    }
  }
}
