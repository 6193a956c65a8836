package dev.weir.aggregation.upload;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import java.util.Optional;

/** For which times a task takes reports now. */
@FunctionalInterface
public interface OpenTimes {
  /**
   * Why the lanes would not count such a report, when nobody tells its contributor any more; {@code
   * TOO_EARLY} when they may later, and the very same report may come again.
   *
   * @param time in the task's units
   */
  Optional<Reason> refusal(AggregationTask task, long time);
}
