package dev.weir.aggregation.upload;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.report.Report;
import java.util.List;

/** Where taken reports go. Thread-safe. */
public interface ReportSink {
  /**
   * Returns once all of them are durable.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code UNAVAILABLE} when that may not be so;
   *     sending them again does no harm
   */
  void take(AggregationTask task, List<Report> reports);
}
