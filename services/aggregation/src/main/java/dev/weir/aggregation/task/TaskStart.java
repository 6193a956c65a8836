package dev.weir.aggregation.task;

/** What an aggregator does once a task is set up. */
public interface TaskStart {
  /** Returns once it is durable; doing it again does no harm. */
  void started(AggregationTask task);
}
