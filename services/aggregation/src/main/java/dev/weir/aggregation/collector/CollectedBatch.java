package dev.weir.aggregation.collector;

import dev.weir.aggregation.task.TaskNoise;
import dev.weir.dap.id.TaskId;
import dev.weir.kernel.Bilingual;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a collector has of a batch. Immutable.
 *
 * @param requestSha256 of the request that the shares are sealed to, lower-case hex
 * @param reports how many, by the leader's word
 * @param from the earliest report's time, in the task's precision
 * @param to after the latest one's
 * @param noisyAggregate with the noise of both aggregators, which may make it negative
 * @param halfWidth95 |noise| of an element is at most this in 95 of 100 cases
 * @param alerts why it cannot be a sum of that many measurements; empty when it can
 * @param notice what the task lacks of robustness: without it, alerts are all that tells a spoilt
 *     sum from a sound one
 * @param decoded what the aggregate stands for, in a task of clipped vectors
 */
public record CollectedBatch(
    TaskId taskId,
    String requestSha256,
    long reports,
    Instant from,
    Instant to,
    List<BigInteger> noisyAggregate,
    BigInteger halfWidth95,
    List<Alert> alerts,
    Optional<Bilingual> notice,
    Optional<DecodedSum> decoded) {
  public CollectedBatch {
    noisyAggregate = List.copyOf(noisyAggregate);
    alerts = List.copyOf(alerts);
  }

  /** The same with what it stands for; a result that an older version kept has nothing of it. */
  public CollectedBatch decodedBy(TaskNoise noise) {
    return new CollectedBatch(
        taskId,
        requestSha256,
        reports,
        from,
        to,
        noisyAggregate,
        halfWidth95,
        alerts,
        notice,
        DecodedSum.of(noise, reports, noisyAggregate));
  }
}
