package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Marker;
import dev.weir.aggregation.task.AggregationTask;

/** Sends markers through every lane of a task. Sending one again does no harm. Thread-safe. */
public interface LaneMarkers {
  void send(AggregationTask task, Marker marker);
}
