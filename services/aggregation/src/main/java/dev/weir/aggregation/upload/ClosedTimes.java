package dev.weir.aggregation.upload;

import dev.weir.aggregation.task.AggregationTask;

/** For which times a task takes nothing any more, because they were collected. */
@FunctionalInterface
public interface ClosedTimes {
  /**
   * @param time in the task's units
   */
  boolean cover(AggregationTask task, long time);
}
