package dev.weir.aggregation.collector;

import dev.weir.dap.id.TaskId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

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
 */
public record CollectedBatch(
    TaskId taskId,
    String requestSha256,
    long reports,
    Instant from,
    Instant to,
    List<BigInteger> noisyAggregate,
    long halfWidth95,
    List<Alert> alerts) {
  public CollectedBatch {
    noisyAggregate = List.copyOf(noisyAggregate);
    alerts = List.copyOf(alerts);
  }
}
