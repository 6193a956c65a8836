package dev.weir.aggregation.task;

import dev.weir.dap.report.Extension;
import dev.weir.dap.task.TaskConfiguration;
import dev.weir.dap.task.TimeInterval;
import dev.weir.dap.task.VdafConfiguration;

/** What DAP and we demand of a configuration. */
final class TaskRules {
  private static final long MAX_PRECISION_SECONDS = 366L * 24 * 3600;
  private static final long MOST_PROVEN_ELEMENTS = 4_096;
  private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

  private TaskRules() {}

  /** Besides, of a task that is not set up yet: those that are go on as they are. */
  static void checkNew(TaskConfiguration configuration) {
    TaskTerms.require(
        !(configuration.vdaf() instanceof VdafConfiguration.SumVec vector)
            || vector.length() <= MOST_PROVEN_ELEMENTS,
        "vectors of at most 4096 elements where they have proofs; longer ones are unproven");
    long precision = configuration.timePrecisionSeconds();
    TaskTerms.require(
        configuration
            .interval()
            .map(interval -> interval.start() + interval.duration())
            .filter(end -> precision > 0)
            .filter(end -> Long.compareUnsigned(end, LAST_SECOND / precision) > 0)
            .isEmpty(),
        "an interval that ends before the year 10000");
  }

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
