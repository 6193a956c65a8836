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

  /**
   * The same, but not longer than so: then it is still waiting.
   *
   * @throws DapAnswerException when the leader cannot be reached; the next run goes on
   */
  Outcome forAWhile(PublicTask task, KeptCollection kept, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    var outcome = collector.step(task, kept);
    while (outcome instanceof Outcome.Waiting && System.nanoTime() < until) {
      LockSupport.parkNanos(ASK_AGAIN.toNanos());
      outcome = collector.step(task, kept);
    }
    return outcome;
  }
}
