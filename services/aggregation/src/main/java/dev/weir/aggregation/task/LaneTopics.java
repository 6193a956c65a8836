package dev.weir.aggregation.task;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Duration;
import java.util.Map;

/** The topics that carry an aggregator's lanes. */
public interface LaneTopics {
  /** What a message has beside a report: lane, task, report id, headers. */
  int FRAME_BYTES = 64 << 10;

  /**
   * How many bytes a message may have, by topic, as the broker has it now.
   *
   * @throws ProblemException of type {@code UNAVAILABLE} when it does not say
   */
  Map<String, Integer> mostMessageBytes();

  /**
   * How long a message stays that nobody has read, by topic, as the broker has it now; those that
   * keep it for ever are not named.
   *
   * @throws ProblemException of type {@code UNAVAILABLE} when it does not say
   */
  Map<String, Duration> retention();

  /**
   * Topics that an older version made may be too short for a task that DAP allows, or forget
   * reports that are young enough to count. An aggregator has no right to change them, so that its
   * task is refused before a report is lost.
   *
   * @throws ProblemException of type {@code WRONG_STATE} that names the topic
   */
  default void require(AggregationTask task) {
    requireRoom(task);
    requireTime(task);
  }

  private void requireTime(AggregationTask task) {
    var needed = Duration.ofSeconds(task.terms().maxReportAgeSeconds());
    retention()
        .forEach((topic, kept) -> {
          if (kept.compareTo(needed) < 0) {
            throw new ProblemException(
                ProblemType.WRONG_STATE,
                "A topic forgets reports before the task's maxReportAgeSeconds: compose the task with"
                    + " a shorter one, or an administrator of the broker raises retention.ms.",
                Map.of(
                    "topic",
                    topic,
                    "retentionSeconds",
                    kept.toSeconds(),
                    "neededSeconds",
                    needed.toSeconds()));
          }
        });
  }

  private void requireRoom(AggregationTask task) {
    int needed = task.mostReportBytes() + FRAME_BYTES;
    mostMessageBytes()
        .forEach((topic, bytes) -> {
          if (bytes < needed) {
            throw new ProblemException(
                ProblemType.WRONG_STATE,
                "A topic takes shorter messages than the task has: an administrator of the broker runs"
                    + " deploy/kafka/apply.sh, which raises its limit.",
                Map.of("topic", topic, "maxMessageBytes", bytes, "neededBytes", needed));
          }
        });
  }
}
