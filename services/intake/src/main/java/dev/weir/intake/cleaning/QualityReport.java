package dev.weir.intake.cleaning;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How good a source was, for the provider. Counts and rule ids only, never a value. Percentages are
 * decimal texts with four digits after the point, so that the canonical bytes are the same
 * everywhere. Immutable.
 *
 * @param rows data rows of the source
 * @param acceptedPercent accepted of all rows
 * @param completenessPercent cells with a value of all cells of accepted rows
 * @param duplicateRows rows that equal an earlier one in every column of the schema
 * @param rejectedBy rejected rows by the rule that rejected them
 */
public record QualityReport(
    String runId,
    String sourceSha256,
    long rows,
    long accepted,
    long rejected,
    String acceptedPercent,
    String completenessPercent,
    long duplicateRows,
    String duplicatePercent,
    SortedMap<String, Long> rejectedBy,
    List<ColumnQuality> columns,
    List<RuleQuality> rules) {
  public QualityReport {
    rejectedBy = Collections.unmodifiableSortedMap(new TreeMap<>(rejectedBy));
    columns = List.copyOf(columns);
    rules = List.copyOf(rules);
  }

  /**
   * @param values cells with a value among accepted rows
   * @param empty cells without
   */
  public record ColumnQuality(String column, long values, long empty, String completenessPercent) {}

  /**
   * @param checked cells the rule looked at
   * @param violations cells that broke it
   */
  public record RuleQuality(
      String rule,
      CleaningRule.Action action,
      long checked,
      long violations,
      String violationPercent) {}
}
