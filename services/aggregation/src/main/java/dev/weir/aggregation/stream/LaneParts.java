package dev.weir.aggregation.stream;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import java.time.Duration;
import java.time.InstantSource;

/** What the processors of one aggregator work with. Thread-safe. */
public record LaneParts(
    TaskBook tasks,
    TaskStore store,
    ReportRules rules,
    ShareOpener opener,
    ReportFigures figures,
    InstantSource clock) {
  static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  /** Counts a report that does not count, under its reason. */
  void refuse(LaneBook book, AggregationTask task, Reason reason) {
    book.tally(task.id(), reason);
    figures.refused(reason);
  }

  /** Forgets the marks of reports that would be refused for their age anyway. */
  public void forget(LaneBook book) {
    for (var id : store.all()) {
      tasks
          .find(id)
          .ifPresent(task -> {
            long age = 2 * task.terms().maxReportAgeSeconds();
            long before = Math.max(0, clock.instant().getEpochSecond() - age);
            book.forget(task.id(), task.units(before));
          });
    }
  }
}
