package dev.weir.query.sum.custody;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.query.sum.SumBatch;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;

/** Where a consumer reads its sums. Thread-safe. */
final class SumDesk {
  private final Database database;
  private final SumTasks tasks;

  SumDesk(Database database, SumTasks tasks) {
    this.database = database;
    this.tasks = tasks;
  }

  /**
   * @throws ProblemException {@code NOT_FOUND} for another consumer's task as for an unknown one
   */
  SumView read(Caller caller, String taskId, String window, String group) {
    var task =
        tasks
            .find(taskId)
            .filter(one -> one.consumer().equals(caller.party()))
            .filter(one -> SumBatch.isName(window) && SumBatch.isName(group))
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such sum."));
    var batch = new SumBatch(task.id(), window, group);
    return database
        .asService("sum.read", handle -> PostgresSums.outcome(handle, batch))
        .map(outcome -> SumView.of(task, outcome))
        .orElseGet(() -> SumView.waiting(task, window, group));
  }
}
