package dev.weir.audit.verify;

import dev.weir.audit.meter.Reading;
import dev.weir.audit.meter.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a verification found. Immutable.
 *
 * @param size leaves that the checkpoint covers
 * @param findings in the order in which they were found; none when the log holds
 * @param uncheckedBudgets contracts whose spends or charges could not be checked, because the leaf
 *     with their allotment, price or cap is not in the log
 * @param statements those of the export that hold
 * @param unstated contracts with a meter leaf that none of these covers; an export need not hold a
 *     statement, so this is no finding
 * @param keys SHA-256, in hexadecimal, of the line in each key file that was trusted
 * @param pinned whether they came from elsewhere than the export; otherwise nothing found means no
 *     more than that the log agrees with whoever exported it
 */
public record Verdict(
    long size,
    List<Finding> findings,
    List<String> uncheckedBudgets,
    List<Stated> statements,
    List<String> unstated,
    SortedMap<String, String> keys,
    boolean pinned) {
  public Verdict {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    findings = List.copyOf(findings);
    uncheckedBudgets = List.copyOf(uncheckedBudgets);
    statements = List.copyOf(statements);
    unstated = List.copyOf(unstated);
  }

  /**
   * A statement that agrees with the meter leaves.
   *
   * @param from included
   * @param to excluded
   * @param fen its total
   */
  public record Stated(String contractId, Instant from, Instant to, long fen) {
    static Stated of(Statement statement) {
      return new Stated(
          statement.contractId().toString(),
          statement.from(),
          statement.to(),
          statement.total().fen());
    }

    boolean covers(Reading reading) {
      return reading.contractId().toString().equals(contractId)
          && !reading.at().isBefore(from)
          && reading.at().isBefore(to);
    }
  }

  public boolean ok() {
    return findings.isEmpty();
  }
}
