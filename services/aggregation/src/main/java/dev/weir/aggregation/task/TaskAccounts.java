package dev.weir.aggregation.task;

import dev.weir.kernel.ProblemException;
import org.jdbi.v3.core.Handle;

/** Where the budget of a task's contract is kept. */
public interface TaskAccounts {
  /**
   * Opens the account of the contract in this operator's ledger, unless it is open.
   *
   * @throws ProblemException when the contract is not in force, is none of the collector's, or does
   *     not hold the task's product and purpose
   */
  void open(Handle handle, AggregationTask task);
}
