package dev.weir.aggregation.upload;

import dev.weir.aggregation.stream.ReportFigures;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.aggregation.verify.ReportRules;
import dev.weir.aggregation.verify.Signed;
import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.ContributorProof;
import dev.weir.dap.profile.Lane;
import dev.weir.dap.report.Extension;
import dev.weir.dap.report.Report;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets uploads in, no faster than each contributor may. Signatures are verified here only for a
 * contributor that has used up half of its burst, or in whose name somebody else did. Thread-safe.
 */
public final class UploadTurn {
  private final ContributorRates rates;
  private final ReportRules rules;
  private final ReportFigures figures;

  public UploadTurn(ContributorRates rates, ReportRules rules, ReportFigures figures) {
    this.rates = rates;
    this.rules = rules;
    this.figures = figures;
  }

  /**
   * The reports among these whose signatures are forged; the others may go on.
   *
   * @throws ProblemException of type {@code TOO_MANY_REQUESTS} when some contributor is too fast
   */
  List<Report> enter(AggregationTask task, List<Report> reports) {
    var forged = new ArrayList<Report>();
    for (var each : byContributor(task, reports).entrySet()) {
      if (!rates.takeClaimed(task.id(), each.getKey(), each.getValue().size())) {
        forged.addAll(proven(task, each.getKey(), each.getValue(), reports.size()));
      }
    }
    forged.forEach(report -> figures.refused(Reason.BAD_SIGNATURE));
    return forged;
  }

  private List<Report> proven(
      AggregationTask task, ContributorId contributor, List<Report> reports, int all) {
    var forged = reports.stream().filter(report -> !isSigned(task, report)).toList();
    var wait = rates.takeProven(task.id(), contributor, reports.size() - forged.size());
    if (wait.isPresent()) {
      for (int i = 0; i < all; i++) {
        figures.refused(Reason.RATE_LIMITED);
      }
      throw tooMany(task, wait.get());
    }
    return forged;
  }

  private boolean isSigned(AggregationTask task, Report report) {
    var metadata = report.metadata();
    int lane = Lane.of(task.id(), metadata.id(), task.lanes());
    return rules.check(task, metadata, report.publicShare(), lane) instanceof Signed.By;
  }

  /** By contributor; {@link ReportIntake} has refused those of nobody whom the task knows. */
  private static Map<ContributorId, List<Report>> byContributor(
      AggregationTask task, List<Report> reports) {
    var grouped = new LinkedHashMap<ContributorId, List<Report>>();
    for (Report report : reports) {
      claimed(report)
          .filter(id -> task.contributor(id).isPresent())
          .ifPresent(id -> grouped.computeIfAbsent(id, first -> new ArrayList<>()).add(report));
    }
    return grouped;
  }

  private static Optional<ContributorId> claimed(Report report) {
    return Extension.find(report.metadata().publicExtensions(), ContributorProof.EXTENSION)
        .flatMap(data -> {
          try {
            return Optional.of(WireReader.whole(data, ContributorProof::read).contributor());
          } catch (ProblemException malformed) {
            return Optional.empty();
          }
        });
  }

  private static ProblemException tooMany(AggregationTask task, Duration wait) {
    return new ProblemException(
        ProblemType.TOO_MANY_REQUESTS,
        "A contributor uploads faster than it may; send all of it again after retryAfterSeconds.",
        Map.of(
            "taskid",
            task.id().toString(),
            "retryAfterSeconds",
            Math.toIntExact(wait.toSeconds())));
  }
}
