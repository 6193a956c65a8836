package dev.weir.audit.verify;

import java.util.List;

/**
 * What a verification found. Immutable.
 *
 * @param size leaves that the checkpoint covers
 * @param findings in the order in which they were found; none when the log holds
 * @param uncheckedBudgets contracts whose spends or charges could not be checked, because the leaf
 *     with their allotment, price or cap is not in the log
 */
public record Verdict(long size, List<Finding> findings, List<String> uncheckedBudgets) {
  public Verdict {
    findings = List.copyOf(findings);
    uncheckedBudgets = List.copyOf(uncheckedBudgets);
  }

  public boolean ok() {
    return findings.isEmpty();
  }
}
