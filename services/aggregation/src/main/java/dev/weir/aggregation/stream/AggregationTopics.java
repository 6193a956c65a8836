package dev.weir.aggregation.stream;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.LaneTopics;

/** The topics between upload and collection, each with one partition per lane. */
public final class AggregationTopics {
  /** Uploaded reports as they came, and markers; the leader's own. */
  public static final String REPORTS = "leader.reports";

  /** From the leader to the helper. */
  public static final String PREPARATION = "leader.preparation";

  /** From the helper to the leader. */
  public static final String ANSWERS = "helper.preparation";

  /** What a foreign leader sent over HTTP, the helper's own; markers too. */
  public static final String JOBS = "helper.jobs";

  /** The helper's verdicts on that, for the answer over HTTP. */
  public static final String JOB_ANSWERS = "helper.job-answers";

  /** Of messages on {@link #JOBS} and their answers: the foreign leader's job, 16 bytes. */
  public static final String JOB_HEADER = "job";

  /** What lanes hold of a batch when a marker passes; each aggregator's own. */
  public static final String LEADER_BATCHES = "leader.batches";

  public static final String HELPER_BATCHES = "helper.batches";

  /** What could not be read. */
  public static final String LEADER_DEAD_LETTERS = "leader.dead-letters";

  public static final String HELPER_DEAD_LETTERS = "helper.dead-letters";

  /** Of a message in any of them, as the catalogue says: a task's largest report and its frame. */
  public static final int MOST_MESSAGE_BYTES =
      AggregationTask.MOST_REPORT_BYTES + LaneTopics.FRAME_BYTES;

  private AggregationTopics() {}
}
