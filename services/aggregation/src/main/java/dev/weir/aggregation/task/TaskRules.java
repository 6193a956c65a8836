package dev.weir.aggregation.task;

import dev.weir.dap.report.Extension;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;

/** What DAP and we demand of a configuration. */
final class TaskRules {
  private static final long MAX_PRECISION_SECONDS = 366L * 24 * 3600;

  private TaskRules() {}

  static void check(TaskConfiguration configuration) {
    long precision = configuration.timePrecisionSeconds();
    TaskTerms.require(
        precision > 0 && precision <= MAX_PRECISION_SECONDS, "a time precision up to a year");
    TaskTerms.require(configuration.minBatchReports() >= 1, "a minimum batch size of at least 1");
    TaskTerms.require(
        configuration.batchConfig().isEmpty(), "an empty batch configuration in its mode");
    TaskTerms.require(
        Extension.strictlyIncreasing(configuration.extensions())
            && configuration.extensions().stream()
                .allMatch(e -> e.type() == TaskConfiguration.TASK_INTERVAL),
        "no extension but its interval");
    TaskTerms.require(
        configuration.interval().map(TimeInterval::isSound).orElse(false),
        "an interval with a beginning and an end");
  }
}
