package dev.weir.dap.task;

import dev.weir.dap.DapEdition;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.privacy.vdaf.Prio3Instance;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.VdafInstance;

/** From what DAP says about a VDAF to what computes it. */
public final class TaskVdaf {
  private TaskVdaf() {}

  /**
   * What computes a task's VDAF, bound to the task.
   *
   * @throws ProblemException as {@link #instance}
   */
  public static Vdaf of(Task task) {
    return Vdaf.of(
        instance(task.configuration().vdaf()), DapEdition.vdafContext(task.id()).toArray());
  }

  /**
   * @throws ProblemException of type {@code VALIDATION_FAILED} for parameters that make no sound
   *     instance
   */
  public static VdafInstance instance(VdafConfiguration configuration) {
    try {
      return switch (configuration) {
        case VdafConfiguration.Count() -> new Prio3Instance.Count();
        case VdafConfiguration.Sum(long max) -> new Prio3Instance.Sum(max);
        case VdafConfiguration.SumVec(long length, long max, long chunk) ->
            new Prio3Instance.SumVec(Math.toIntExact(length), max, Math.toIntExact(chunk));
        case VdafConfiguration.Histogram(long length, long chunk) ->
            new Prio3Instance.Histogram(Math.toIntExact(length), Math.toIntExact(chunk));
        case VdafConfiguration.UnverifiedSumVec(long length, long max) ->
            new UnverifiedVector(Math.toIntExact(length), max);
        case VdafConfiguration.MultihotCountVec(long length, long chunk, long weight) ->
            new Prio3Instance.MultihotCountVec(
                Math.toIntExact(length), Math.toIntExact(weight), Math.toIntExact(chunk));
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "The task needs sound parameters of its VDAF.");
    }
  }
}
