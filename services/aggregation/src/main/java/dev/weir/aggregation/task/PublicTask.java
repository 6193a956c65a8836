package dev.weir.aggregation.task;

import dev.weir.dap.profile.TaskInfo;
import dev.weir.dap.task.Task;
import dev.weir.dap.task.TaskVdaf;
import dev.weir.dap.wire.WireReader;

/** A task as a party knows it that does not hold the verify key. Immutable. */
public record PublicTask(Task task, TaskTerms terms, TaskNoise noise) {
  /** How many reports a batch may have, so that its noised sum is told from any other. */
  public long mostReports() {
    return TaskVdaf.of(task).mostReports(noise.tail());
  }

  /**
   * @throws dev.weir.kernel.ProblemException of type {@code VALIDATION_FAILED} when the name, the
   *     configuration and the terms do not belong together
   */
  public static PublicTask of(TaskView view) {
    var task = Task.shown(view.configuration());
    var configuration = task.configuration();
    TaskTerms.require(task.id().equals(view.id()), "the name that its configuration leads to");
    var info = WireReader.whole(configuration.info(), TaskInfo::read);
    TaskTerms.require(
        info.termsSha256().equals(view.terms().sha256()), "a task_info that commits to its terms");
    var instance = TaskVdaf.instance(configuration.vdaf());
    int length = TaskVdaf.of(task).outputLength();
    return new PublicTask(task, view.terms(), new TaskNoise(instance, length, view.terms()));
  }
}
