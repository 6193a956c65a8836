package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.policy.UsageGate;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskContracts;
import dev.weir.kernel.LineageId;
import java.util.List;

/** Contracts of rehearsals: each allows what it is asked, except when it is told to refuse. */
final class RehearsalGate implements UsageGate, TaskContracts {
  static final String BUNDLE = "rehearsal";
  private static final long COLLECTIONS = 10;
  private static final LineageId LINEAGE = LineageId.random();

  private boolean refusing;

  void refuse(boolean wanted) {
    refusing = wanted;
  }

  @Override
  public Verdict decide(AggregationTask task, String actor) {
    if (refusing) {
      return new Verdict.Refused("deny", "rehearsed-refusal", BUNDLE);
    }
    long allotted = Math.multiplyExact(task.terms().nanoRho(), COLLECTIONS);
    return new Verdict.Allowed("allow", "rehearsed", BUNDLE, LINEAGE, allotted, List.of());
  }

  @Override
  public void require(AggregationTask task, String actor) {}
}
