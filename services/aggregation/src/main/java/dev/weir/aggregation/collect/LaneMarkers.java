package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;

/** Sends markers through every lane of a task. Sending one again does no harm. Thread-safe. */
public interface LaneMarkers {
  /**
   * Returns once every lane will get it.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code UNAVAILABLE} when some may not
   */
  void send(AggregationTask task, Marker marker);
}
