package dev.weir.audit.verify;

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
 * @param keys SHA-256, in hexadecimal, of the line in each key file that was trusted
 * @param pinned whether they came from elsewhere than the export; otherwise nothing found means no
 *     more than that the log agrees with whoever exported it
 */
public record Verdict(
    long size,
    List<Finding> findings,
    List<String> uncheckedBudgets,
    SortedMap<String, String> keys,
    boolean pinned) {
  public Verdict {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    findings = List.copyOf(findings);
    uncheckedBudgets = List.copyOf(uncheckedBudgets);
  }

  public boolean ok() {
    return findings.isEmpty();
  }
}
