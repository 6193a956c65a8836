package dev.weir.aggregation.task;

import dev.weir.kernel.ProblemException;

/** The contracts that tasks serve. */
public interface TaskContracts {
  /**
   * Asks what each collection will be asked, so that no task is set up that could never be
   * collected. Nothing is charged or counted.
   *
   * @param actor who sets the task up
   * @throws ProblemException when the task's contract is not in force, is none of the collector's,
   *     does not hold the task's product, when its policy refuses a collection now (of type {@code
   *     POLICY_REFUSED}), or when it allots less than the task's rounds take
   */
  void require(AggregationTask task, String actor);
}
