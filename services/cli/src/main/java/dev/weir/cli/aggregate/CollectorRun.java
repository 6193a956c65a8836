package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.collector.KeptCollection;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.dap.client.DapAnswerException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Takes collections to their end. Confined. */
final class CollectorRun {
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final Collector collector;

  CollectorRun(Collector collector) {
    this.collector = collector;
  }

  /**
   * Asks again until there is a result or a refusal.
   *
   * @throws DapAnswerException when the leader cannot be reached; the next run goes on
   */
  Outcome toItsEnd(PublicTask task, KeptCollection kept) {
    var outcome = collector.step(task, kept);
    while (outcome instanceof Outcome.Waiting) {
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
      outcome = collector.step(task, kept);
    }
    return outcome;
  }

  /** The same for a process that stays: a leader that is away is waited for. */
  Outcome patiently(PublicTask task, KeptCollection kept) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        return toItsEnd(task, kept);
      } catch (DapAnswerException away) {
        LockSupport.parkNanos(AWAY.toNanos());
      }
    }
    return new Outcome.Waiting();
  }
}
