package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.aggregation.collect.PostgresCollectionStore.Standing;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.collection.AggregateShareReq;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.Query;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What both aggregators demand of a request before they look at any report. */
final class CollectionRules {

  private CollectionRules() {}

  /**
   * The rule that a request for the helper's share breaks.
   *
   * @param now by the helper's clock; the leader's may be ahead as far as a contributor's
   */
  static Optional<Failure> refusal(
      AggregationTask task,
      AggregateShareReq request,
      List<Standing> standing,
      CollectionId own,
      Instant now) {
    return refusal(task, request.collection())
        .or(() -> inconsistent(request))
        .or(() ->
            notBegun(task, request.collection(), now.plusSeconds(task.terms().clockSkewSeconds())))
        .or(() -> overlap(request.selector(), standing, own));
  }

  /** The rule that the collector's request breaks. */
  static Optional<Failure> refusal(AggregationTask task, CollectionJobReq request) {
    if (request.query().mode() != task.configuration().batchMode()) {
      return failure(ProblemType.DAP_INVALID_MESSAGE, "The task's batches are of another mode.");
    }
    if (!request.aggregationParameter().isEmpty()) {
      return failure(
          ProblemType.DAP_INVALID_AGGREGATION_PARAMETER, "Prio3 has no aggregation parameter.");
    }
    if (!request.extensions().isEmpty()) {
      return failure(ProblemType.DAP_UNSUPPORTED_EXTENSION, "Collections have no extension here.");
    }
    if (request.query() instanceof Query.OfInterval(TimeInterval interval)
        && task.terms().vectors().isPresent()
        && interval.duration() != 1) {
      return failure(
          ProblemType.DAP_BATCH_INVALID,
          "A batch of a federated task is one unit of time: a record may be in one report of each.");
    }
    if (!(request.query() instanceof Query.OfInterval(TimeInterval interval))) {
      return Optional.empty();
    }
    if (!task.canHave(new BatchSelector.OfInterval(interval))) {
      return failure(ProblemType.DAP_BATCH_INVALID, "The interval is none, or too long.");
    }
    return task.configuration().interval().filter(own -> !own.overlaps(interval)).isPresent()
        ? failure(ProblemType.DAP_BATCH_INVALID, "The interval lies outside the task's time.")
        : Optional.empty();
  }

  /**
   * The rule that an interval breaks which reaches beyond the unit of time that has begun: whatever
   * came for that later would be refused as collected.
   */
  static Optional<Failure> notBegun(AggregationTask task, CollectionJobReq request, Instant now) {
    long begun = task.units(now.plusSeconds(task.terms().clockSkewSeconds()).getEpochSecond());
    return request.query() instanceof Query.OfInterval(TimeInterval interval)
            && Long.compareUnsigned(interval.start() + interval.duration() - 1, begun) > 0
        ? failure(
            ProblemType.DAP_BATCH_INVALID, "The interval reaches into a time that has not begun.")
        : Optional.empty();
  }

  /** The rule that a batch breaks by meeting another one that was collected or is about to be. */
  static Optional<Failure> overlap(BatchSelector batch, List<Standing> standing, CollectionId own) {
    return standing.stream()
            .filter(row -> !row.id().equals(own))
            .anyMatch(row -> overlaps(row.batch(), batch))
        ? failure(ProblemType.DAP_BATCH_OVERLAP, "Part of the batch was collected before.")
        : Optional.empty();
  }

  private static boolean overlaps(BatchSelector left, BatchSelector right) {
    return left instanceof BatchSelector.OfInterval(TimeInterval a)
            && right instanceof BatchSelector.OfInterval(TimeInterval b)
        ? a.overlaps(b)
        : left.equals(right);
  }

  private static Optional<Failure> inconsistent(AggregateShareReq request) {
    boolean fits =
        switch (request.collection().query()) {
          case Query.OfInterval(TimeInterval interval) ->
              request.selector() instanceof BatchSelector.OfInterval(TimeInterval own)
                  && interval.contains(own);
          case Query.NextBatch next -> request.selector() instanceof BatchSelector.OfBatch;
        };
    return fits
        ? Optional.empty()
        : failure(ProblemType.DAP_BATCH_INVALID, "The batch is not in the collector's query.");
  }

  private static Optional<Failure> failure(ProblemType problem, String detail) {
    return Optional.of(new Failure(problem, detail));
  }
}
