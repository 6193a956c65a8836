package dev.weir.aggregation.http;

import dev.weir.dap.id.TaskId;
import dev.weir.kernel.ProblemException;
import java.util.HashMap;
import java.util.function.Supplier;

/** Problems that name the task they are about, as DAP §3.2 wants it once the task is known. */
public final class NamedTask {
  private static final String MEMBER = "taskid";

  private NamedTask() {}

  /**
   * Does work for a task that the caller knows.
   *
   * @throws ProblemException as the work throws it, with the task's name
   */
  public static <T> T in(TaskId task, Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException problem) {
      throw named(task, problem);
    }
  }

  private static ProblemException named(TaskId task, ProblemException problem) {
    if (problem.extensions().containsKey(MEMBER)) {
      return problem;
    }
    var extensions = new HashMap<>(problem.extensions());
    extensions.put(MEMBER, task.toString());
    var named = new ProblemException(problem.type(), problem.detail(), extensions);
    named.initCause(problem);
    return named;
  }
}
