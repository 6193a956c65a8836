package dev.weir.aggregation.collect;

import dev.weir.aggregation.lane.Bucket;
import dev.weir.dap.collection.BatchSelector;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.id.TaskId;
import dev.weir.dap.wire.Bytes;
import dev.weir.kernel.ProblemType;
import java.time.Instant;
import java.util.Optional;

/**
 * One collection as one aggregator knows it. Immutable.
 *
 * @param askedBy subject of the collector's token; at the helper, the leader
 * @param overHttp asked for by a foreign leader; at the helper only
 * @param asked what the leader says the batch holds; at the helper only
 * @param result what it came to, once it has
 * @param sentAt when something was last sent for it in its present state
 * @param abandoned its collector wants no answer any more
 */
public record CollectionRow(
    CollectionId id,
    TaskId task,
    CollectionJobReq request,
    BatchSelector batch,
    String askedBy,
    boolean overHttp,
    Optional<Asked> asked,
    State state,
    Optional<Result> result,
    Optional<Bytes> helperShare,
    Optional<Failure> failure,
    Optional<Instant> sentAt,
    boolean abandoned) {

  enum State {
    /** The leader asks its lanes whether the batch is large enough. */
    COUNTING,
    /** The lanes close the batch. */
    CLOSING,
    /** Noise is drawn; the ledger of the operation domain is asked for the charge. */
    CHARGING,
    /** The leader waits for the helper; the helper waits for its lanes. */
    ASKING,
    /** The collection has failed; its batch is about to be open again. */
    REOPENING,
    DONE,
    FAILED
  }

  record Asked(long reports, Bytes checksum) {}

  /**
   * @param share noised and sealed for the collector, encoded
   */
  record Result(long reports, long first, long last, Bytes share) {
    static Result of(Bucket sum, Bytes share) {
      return new Result(sum.reports(), sum.first(), sum.last(), share);
    }
  }

  public record Failure(ProblemType problem, String detail) {}
}
