package dev.weir.aggregation.upload;

import dev.weir.aggregation.hpke.ShareOpener;
import dev.weir.aggregation.stream.ReportFigures;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.report.Report;
import dev.weir.dap.report.ReportError;
import dev.weir.dap.report.UploadErrors;
import dev.weir.dap.report.UploadErrors.Failure;
import dev.weir.dap.report.UploadRequest;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes uploads: what is plainly refusable is refused now, with its reason, and so is what claims
 * to be of nobody whom the task knows; everything else is decided on in the report's lane.
 * Uploading again changes nothing. Thread-safe.
 */
public final class ReportIntake {
  private final Function<TaskId, AggregationTask> tasks;
  private final ReportRules rules;
  private final ShareOpener opener;
  private final UploadTurn turn;
  private final ReportFigures figures;
  private final ReportSink sink;
  private final OpenTimes open;

  /**
   * @param tasks throws a {@code ProblemException} for one that is not known
   * @param open what the lanes would refuse later, when nobody tells the contributor any more
   */
  public ReportIntake(
      Function<TaskId, AggregationTask> tasks,
      ReportRules rules,
      ShareOpener opener,
      UploadTurn turn,
      ReportFigures figures,
      ReportSink sink,
      OpenTimes open) {
    this.tasks = tasks;
    this.rules = rules;
    this.opener = opener;
    this.turn = turn;
    this.figures = figures;
    this.sink = sink;
    this.open = open;
  }

  /**
   * @throws dev.weir.kernel.ProblemException of type {@code DAP_UNRECOGNIZED_TASK}
   */
  AggregationTask known(TaskId id) {
    return tasks.apply(id);
  }

  /**
   * The reports that were not taken; all others are durable.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code TOO_MANY_REQUESTS} when a contributor
   *     uploads faster than it may; none of the reports was taken then
   */
  public UploadErrors upload(TaskId id, UploadRequest request) {
    AggregationTask task = known(id);
    var failures = new ArrayList<Failure>();
    var taken = new ArrayList<Report>();
    for (Report report : request.reports()) {
      var refusal = refusal(task, report);
      if (refusal.isPresent()) {
        figures.refused(refusal.get());
        failures.add(Failure.of(report.metadata().id(), uploadError(refusal.get())));
      } else {
        taken.add(report);
      }
    }
    for (Report forged : turn.enter(task, taken)) {
      taken.remove(forged);
      failures.add(Failure.of(forged.metadata().id(), Reason.BAD_SIGNATURE.error()));
    }
    sink.take(task, taken);
    return new UploadErrors(failures);
  }

  private Optional<Reason> refusal(AggregationTask task, Report report) {
    if (report.bytes() > task.mostReportBytes()) {
      return Optional.of(Reason.MALFORMED_SHARE);
    }
    return opener.knows(report.leader().configId())
        ? rules
            .timeAtUpload(task, report.metadata().time())
            .or(() -> rules.claim(task, report.metadata()))
            .or(() -> open.refusal(task, report.metadata().time()))
        : Optional.of(Reason.OUTDATED_CONFIG);
  }

  /** Outside the task's interval is one error at upload and two later on. */
  private static ReportError uploadError(Reason reason) {
    return reason == Reason.TASK_NOT_STARTED || reason == Reason.TASK_EXPIRED
        ? ReportError.REPORT_DROPPED
        : reason.error();
  }
}
