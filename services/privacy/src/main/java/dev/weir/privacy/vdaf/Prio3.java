package dev.weir.privacy.vdaf;

import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;

/**
 * One Prio3 instance for one context: shard, verify, add up, unshard. The context goes into every
 * derivation and should commit to all parameters of the task, for the proof itself does not: a DAP
 * task uses its version and task id. Immutable and thread-safe.
 *
 * <p>The order of a report with two aggregators: {@link #shard} by the client; {@link #verify} by
 * each aggregator over its own input share; {@link #combine} over both verifier shares; {@link
 * #finish} by each. {@link PingPong} does the last three. A report may be verified once only; the
 * nonce is what to remember.
 */
public final class Prio3 implements Vdaf {
  private final Scheme scheme;

  Prio3(Scheme scheme) {
    this.scheme = scheme;
  }

  /** For two aggregators, in the version in use. */
  public static Prio3 of(Prio3Instance instance, byte[] context) {
    return of(WireVersion.DRAFT_18, instance, 2, context);
  }

  /**
   * @param aggregators 2 to 255
   * @param context at most 65,527 bytes, equal at all parties
   */
  public static Prio3 of(
      WireVersion version, Prio3Instance instance, int aggregators, byte[] context) {
    return new Prio3(
        Scheme.of(
            Circuits.of(instance),
            Circuits.proofs(instance),
            aggregators,
            version,
            instance.algorithmId(),
            context));
  }

  /** How long each message is, so that a reader can refuse any other length unread. */
  @Override
  public MessageSizes sizes() {
    return new MessageSizes(
        scheme.randBytes(),
        scheme.publicShareBytes(),
        scheme.leaderShareBytes(),
        scheme.helperShareBytes(),
        scheme.verifierShareBytes(),
        scheme.messageBytes(),
        scheme.outputBytes());
  }

  /** How many integers the aggregate has. */
  @Override
  public int outputLength() {
    return scheme.circuit().outputLength();
  }

  @Override
  public long mostReports(BigInteger noise) {
    return scheme.field().most(scheme.circuit().largestOutput(), noise);
  }

  /**
   * Splits a measurement.
   *
   * @throws IllegalArgumentException when the measurement is not one of this instance
   */
  @Override
  public Shares shard(Measurement measurement, Nonce nonce, SecureRandom random) {
    var rand = new byte[scheme.randBytes()];
    random.nextBytes(rand);
    return shard(measurement, nonce, rand);
  }

  /**
   * Splits a measurement with given randomness.
   *
   * @param rand uniform, secret and never used again
   */
  Shares shard(Measurement measurement, Nonce nonce, byte[] rand) {
    return new Sharder(scheme, nonce.raw(), rand).shard(measurement);
  }

  /**
   * The draft's verify_init. Does not refuse a {@link Verification#ownPartMatches} that is false;
   * {@link PingPong} does.
   *
   * @param aggregator 0 for the leader
   * @throws RejectedReportException when a share is malformed
   */
  @Override
  public Verification verify(
      VerifyKey key, int aggregator, Nonce nonce, PublicShare publicShare, InputShare inputShare)
      throws RejectedReportException {
    if (aggregator < 0 || aggregator >= scheme.shares()) {
      throw new IllegalArgumentException("there is no such aggregator");
    }
    return new Verifier(scheme, aggregator, nonce.raw(), inputShare.raw())
        .verify(key.raw(), publicShare.raw());
  }

  /**
   * The draft's verifier_shares_to_message.
   *
   * @param shares one per aggregator, in their order
   * @throws RejectedReportException when a share is malformed or the measurement is not valid
   */
  @Override
  public VerifierMessage combine(List<VerifierShare> shares) throws RejectedReportException {
    return new Combiner(scheme).combine(shares);
  }

  /**
   * The draft's verify_next: gives the output share out when the message is the expected one.
   *
   * @throws RejectedReportException otherwise
   */
  @Override
  public OutputShare finish(Verification verification, VerifierMessage message)
      throws RejectedReportException {
    if (message.byteLength() != scheme.messageBytes()) {
      throw new RejectedReportException(Reason.MALFORMED_MESSAGE);
    }
    if (!verification.expected().equals(message)) {
      throw new RejectedReportException(Reason.JOINT_RANDOMNESS_DIFFERS);
    }
    return verification.outputShare();
  }

  /** An empty sum of output shares. */
  @Override
  public Aggregation aggregation() {
    return new Aggregation(scheme.field(), scheme.circuit().outputLength());
  }

  /**
   * The aggregate of a batch, in [0, modulus) each.
   *
   * @param shares one per aggregator
   * @throws IllegalArgumentException when the number of shares or one of them is wrong
   */
  @Override
  public List<BigInteger> unshard(List<AggregateShare> shares) {
    return sum(shares).values();
  }

  /**
   * The aggregate of a batch whose shares carry noise: each in (−modulus/2, modulus/2], so that a
   * small sum with negative noise is a negative number.
   */
  @Override
  public List<BigInteger> unshardNoisy(List<AggregateShare> shares) {
    return sum(shares).signedValues();
  }

  private Aggregation sum(List<AggregateShare> shares) {
    if (shares.size() != scheme.shares()) {
      throw new IllegalArgumentException("one aggregate share per aggregator");
    }
    var sum = aggregation();
    shares.forEach(sum::merge);
    return sum;
  }

  /** Says the instance only. */
  @Override
  public String toString() {
    return "Prio3[" + scheme.circuit().getClass().getSimpleName() + "]";
  }
}
