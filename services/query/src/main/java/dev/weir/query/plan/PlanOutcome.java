package dev.weir.query.plan;

import java.util.List;

/** What planning came to. A refusal is an outcome, not an error. */
public sealed interface PlanOutcome {

  /** The query may run, as far as text, grants and declarations tell. */
  record Planned(CheckedPlan plan) implements PlanOutcome {}

  /**
   * The query may not run.
   *
   * @param refusals at least one; all grants that are missing are listed together
   */
  record Refused(List<Refusal> refusals) implements PlanOutcome {
    public Refused {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("a refusal has a reason");
      }
    }
  }
}
