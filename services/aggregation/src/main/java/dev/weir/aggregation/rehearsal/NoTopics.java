package dev.weir.aggregation.rehearsal;

import dev.weir.aggregation.task.LaneTopics;
import java.time.Duration;
import java.util.Map;

/** Of lanes that no broker carries. */
record NoTopics() implements LaneTopics {
  @Override
  public Map<String, Integer> mostMessageBytes() {
    return Map.of();
  }

  @Override
  public Map<String, Duration> retention() {
    return Map.of();
  }
}
