package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.aggregation.lane.LaneShare;
import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.verify.Reason;
import dev.weir.kernel.ProblemType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All lanes of a batch together. Secret. Immutable.
 *
 * @param free false when some lane had closed part of it for another collection
 * @param refused its reports that were not counted, by reason
 * @param refusedOfTask all of the task so far, those of no batch among them
 */
record BatchSum(
    boolean free,
    Bucket sum,
    long contributors,
    Map<Reason, Long> refused,
    Map<Reason, Long> refusedOfTask) {

  /** Empty until every lane has told. */
  static Optional<BatchSum> of(AggregationTask task, List<LaneShare> lanes) {
    if (lanes.size() != task.lanes()) {
      return Optional.empty();
    }
    boolean free = true;
    var sum = Bucket.EMPTY;
    long contributors = 0;
    var refused = new EnumMap<Reason, Long>(Reason.class);
    var refusedOfTask = new EnumMap<Reason, Long>(Reason.class);
    for (LaneShare lane : lanes) {
      free &= lane.free();
      sum = sum.merge(task.vdaf(), lane.sum());
      contributors += lane.contributors();
      lane.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
      lane.refusedOfTask()
          .forEach((reason, count) -> refusedOfTask.merge(reason, count, Long::sum));
    }
    return Optional.of(new BatchSum(free, sum, contributors, refused, refusedOfTask));
  }

  /** The rule that keeps the batch from being released; empty when none does. */
  Optional<CollectionRow.Failure> refusal(AggregationTask task) {
    if (!free) {
      return Optional.of(
          new CollectionRow.Failure(
              ProblemType.DAP_BATCH_OVERLAP, "Part of the batch was collected before."));
    }
    if (Long.compareUnsigned(sum.reports(), task.configuration().minBatchReports()) < 0) {
      return Optional.of(tooSmall("reports"));
    }
    if (Long.compareUnsigned(sum.reports(), task.mostReports()) > 0) {
      return Optional.of(
          new CollectionRow.Failure(
              ProblemType.DAP_INVALID_BATCH_SIZE,
              "The batch holds more reports than its field can add up beside the noise."));
    }
    return contributors < task.terms().minContributors()
        ? Optional.of(tooSmall("contributors"))
        : Optional.empty();
  }

  private static CollectionRow.Failure tooSmall(String of) {
    return new CollectionRow.Failure(
        ProblemType.DAP_INVALID_BATCH_SIZE, "The batch holds too few " + of + ".");
  }
}
