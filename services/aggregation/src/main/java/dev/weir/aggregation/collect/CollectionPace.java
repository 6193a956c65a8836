package dev.weir.aggregation.collect;

import dev.weir.dap.id.TaskId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How many collections of a task may begin in an hour: each of them, refused or not, is evidence at
 * both aggregators, and goes through all lanes. Forgets with the process. Thread-safe.
 */
final class CollectionPace {
  static final int MOST_AN_HOUR = 1_000;

  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<TaskId, Deque<Instant>> begun = new HashMap<>();

  CollectionPace(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts one that begins.
   *
   * @throws ProblemException of type {@code TOO_MANY_REQUESTS} when it may not yet
   */
  synchronized void begin(TaskId task) {
    Instant now = clock.instant();
    var own = begun.computeIfAbsent(task, first -> new ArrayDeque<>());
    own.removeIf(at -> !at.plus(HOUR).isAfter(now) || at.isAfter(now)); // a clock was put back
    if (own.size() >= MOST_AN_HOUR) {
      long wait = Duration.between(now, own.getFirst().plus(HOUR)).toSeconds() + 1;
      throw new ProblemException(
          ProblemType.TOO_MANY_REQUESTS,
          "The task's collections begin faster than they may; come back after retryAfterSeconds.",
          Map.of("taskid", task.toString(), "retryAfterSeconds", Math.toIntExact(wait)));
    }
    own.add(now);
  }
}
