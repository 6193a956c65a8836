package dev.weir.aggregation.task;

import dev.weir.kernel.ProblemException;

/** The contracts that tasks serve. */
public interface TaskContracts {
  /**
   * @throws ProblemException when the task's contract is not in force, is none of the collector's,
   *     or does not hold the task's product
   */
  void require(AggregationTask task);
}
