package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.dap.collection.Query;
import dev.weir.dap.task.BatchMode;
import dev.weir.dap.task.TimeInterval;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/**
 * What the collector's process does again and again: ends what it began, then collects each batch
 * whose time is over. Confined.
 */
final class CollectorRounds {
  private final Collector collector;
  private final CollectorRun run;
  private final InstantSource clock;
  private final BiConsumer<PublicTask, Outcome> told;

  /**
   * @param told hears of every collection that ended in a round
   */
  CollectorRounds(Collector collector, InstantSource clock, BiConsumer<PublicTask, Outcome> told) {
    this.collector = collector;
    this.run = new CollectorRun(collector);
    this.clock = clock;
    this.told = told;
  }

  void round(PublicTask task, CollectorConfiguration.Plan plan) {
    for (var kept : collector.underWay(task)) {
      told.accept(task, run.patiently(task, kept));
    }
    if (task.task().configuration().batchMode() == BatchMode.TIME_INTERVAL) {
      intervals(task, plan);
    } else {
      told.accept(task, run.patiently(task, collector.open(task, new Query.NextBatch())));
    }
  }

  /** From the first batch on to the last whose time is over; a refused one is tried again. */
  private void intervals(PublicTask task, CollectorConfiguration.Plan plan) {
    long precision = task.task().configuration().timePrecisionSeconds();
    long now = clock.instant().getEpochSecond() / precision;
    long first = plan.from().getEpochSecond() / precision;
    for (long start = first; start + plan.units() <= now; start += plan.units()) {
      var kept = collector.open(task, new Query.OfInterval(new TimeInterval(start, plan.units())));
      if (!kept.isOver()) {
        told.accept(task, run.patiently(task, kept));
      }
    }
  }
}
