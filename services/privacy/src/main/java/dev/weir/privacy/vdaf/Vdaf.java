package dev.weir.privacy.vdaf;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;

/**
 * One instance for one context and two aggregators: shard, verify, add up, unshard. The context
 * goes into every derivation and should commit to all parameters of the task: a DAP task uses its
 * version and task id. {@link PingPong} does verify, combine and finish. Immutable and thread-safe.
 */
public sealed interface Vdaf permits Prio3, UnverifiedSumVec {
  /** In the version in use. */
  static Vdaf of(VdafInstance instance, byte[] context) {
    return switch (instance) {
      case Prio3Instance prio3 -> Prio3.of(prio3, context);
      case UnverifiedVector vector -> new UnverifiedSumVec(vector, context);
    };
  }

  /** How long each message is, so that a reader can refuse any other length unread. */
  MessageSizes sizes();

  /** How many integers the aggregate has. */
  int outputLength();

  /**
   * How many reports a batch may have, so that no sum with noise of either sign wraps around: what
   * noise leaves of half the modulus, over the largest output of one report; 0 when it leaves
   * nothing.
   *
   * @param noise how far noise takes an element at the most
   */
  long mostReports(BigInteger noise);

  /**
   * Splits a measurement.
   *
   * @throws IllegalArgumentException when the measurement is not one of this instance
   */
  Shares shard(Measurement measurement, Nonce nonce, SecureRandom random);

  /**
   * What one aggregator can tell of a report by its own share.
   *
   * @param aggregator 0 for the leader
   * @throws RejectedReportException when a share is malformed
   */
  Verification verify(
      VerifyKey key, int aggregator, Nonce nonce, PublicShare publicShare, InputShare inputShare)
      throws RejectedReportException;

  /**
   * @param shares one per aggregator, in their order
   * @throws RejectedReportException when a share is malformed or the measurement is not valid
   */
  VerifierMessage combine(List<VerifierShare> shares) throws RejectedReportException;

  /**
   * Gives the output share out when the message is the expected one.
   *
   * @throws RejectedReportException otherwise
   */
  OutputShare finish(Verification verification, VerifierMessage message)
      throws RejectedReportException;

  /** An empty sum of output shares. */
  Aggregation aggregation();

  /**
   * The aggregate of a batch, in [0, modulus) each.
   *
   * @param shares one per aggregator
   * @throws IllegalArgumentException when the number of shares or one of them is wrong
   */
  List<BigInteger> unshard(List<AggregateShare> shares);

  /**
   * The aggregate of a batch whose shares carry noise: each in (−modulus/2, modulus/2], so that a
   * small sum with negative noise is a negative number.
   */
  List<BigInteger> unshardNoisy(List<AggregateShare> shares);
}
