package dev.weir.aggregation.job;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.id.BatchId;
import dev.weir.dap.job.AggregationJobInitReq;
import dev.weir.dap.report.Extension;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;

/** What makes a whole job fail, before any report is looked at. */
final class JobRules {
  /** Reports of one job; more than that is a second job. */
  static final int MAX_REPORTS = 1_000;

  private JobRules() {}

  /**
   * @throws ProblemException with the error that DAP has for it
   */
  static void check(AggregationTask task, AggregationJobInitReq request) {
    require(
        request.aggregationParameter().isEmpty(),
        ProblemType.DAP_INVALID_AGGREGATION_PARAMETER,
        "Prio3 has no aggregation parameter.");
    require(
        request.verifyKeyId() == 0,
        ProblemType.DAP_INVALID_MESSAGE,
        "The task has one verify key, of id 0.");
    require(
        !request.inits().isEmpty(), ProblemType.DAP_INVALID_MESSAGE, "The job holds no report.");
    require(
        request.inits().size() <= MAX_REPORTS,
        ProblemType.BODY_TOO_LARGE,
        "A job holds at most 1000 reports.");
    require(
        request.inits().stream().map(init -> init.share().metadata().id()).distinct().count()
            == request.inits().size(),
        ProblemType.DAP_INVALID_MESSAGE,
        "A report is in the job twice.");
    extensions(task, request);
  }

  private static void extensions(AggregationTask task, AggregationJobInitReq request) {
    var extensions = request.extensions();
    require(
        extensions.stream().allMatch(one -> one.type() == AggregationJobInitReq.BATCH_ID),
        ProblemType.DAP_UNSUPPORTED_EXTENSION,
        "Jobs have no extension but the batch id.");
    boolean fits =
        task.isByInterval()
            ? extensions.isEmpty()
            : extensions.size() == 1
                && Extension.find(extensions, AggregationJobInitReq.BATCH_ID)
                    .filter(batch -> batch.length() == BatchId.LENGTH)
                    .isPresent();
    require(
        fits,
        ProblemType.DAP_INVALID_MESSAGE,
        "A leader-selected task's job names its batch, another task's none.");
  }

  private static void require(boolean holds, ProblemType type, String detail) {
    if (!holds) {
      throw new ProblemException(type, detail);
    }
  }
}
