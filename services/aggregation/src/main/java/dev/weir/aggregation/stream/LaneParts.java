package dev.weir.aggregation.stream;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.lane.LaneBook;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskBook;
import dev.weir.aggregation.task.TaskStore;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.wire.Bytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What the processors of one aggregator work with. Thread-safe. */
public record LaneParts(
    TaskBook tasks,
    TaskStore store,
    ReportRules rules,
    ShareOpener opener,
    ReportFigures figures,
    InstantSource clock) {
  /** A lane that forgets as much as it may each time keeps up with 1,000 reports a second. */
  static final Duration FORGET_MORE = Duration.ofSeconds(10);

  static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  /**
   * Counts a report that does not count, under its reason.
   *
   * @param bucket where it would have been counted
   */
  void refuse(LaneBook book, AggregationTask task, Optional<Bytes> bucket, Reason reason) {
    book.refuse(task, bucket, reason);
    figures.refused(reason);
  }

  /**
   * Forgets marks of reports that would be refused for their age anyway.
   *
   * @return whether there is more to forget
   */
  public boolean forget(LaneBook book) {
    boolean more = false;
    for (var id : store.all()) {
      more |= tasks.find(id).filter(task -> forget(book, task)).isPresent();
    }
    return more;
  }

  private boolean forget(LaneBook book, AggregationTask task) {
    long age = 2 * task.terms().maxReportAgeSeconds();
    long before = Math.max(0, clock.instant().getEpochSecond() - age);
    return book.forget(task.id(), task.units(before));
  }
}
