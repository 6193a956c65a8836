package dev.weir.aggregation.task;

import dev.weir.dap.id.TaskId;
import dev.weir.dap.task.BatchMode;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of the list of tasks.
 *
 * @param function what it works out, with its parameters
 * @param takesFrom when its first reports may be made, and until when; empty where it has no end
 */
public record TaskSummary(
    TaskId id,
    Bilingual title,
    String function,
    BatchMode batches,
    CreditCode collector,
    Optional<Instant> takesFrom,
    Optional<Instant> takesUntil) {
  static TaskSummary of(AggregationTask task) {
    var configuration = task.configuration();
    long precision = configuration.timePrecisionSeconds();
    var interval = configuration.interval();
    return new TaskSummary(
        task.id(),
        task.terms().title(),
        configuration.vdaf().toString(),
        configuration.batchMode(),
        task.terms().collector(),
        interval.map(own -> Instant.ofEpochSecond(own.start() * precision)),
        interval.map(own -> Instant.ofEpochSecond((own.start() + own.duration()) * precision)));
  }
}
