package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field64;
import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of long vectors between two aggregators by plain additive sharing over Field64, <b>without
 * robustness</b>: nothing proves that a vector is in range, so one client can make a sum mean
 * nothing, and nobody can tell which. For vectors that are too long for a proof, among clients who
 * answer for what they send. Each aggregator by itself still learns nothing: the helper's share is
 * a seed of 32 bytes, the leader's the vector minus what the seed expands to. Public share,
 * verifier shares and message are empty. Not Prio3 and not of any draft; its id is from the range
 * for private use. Immutable and thread-safe.
 */
public final class UnverifiedSumVec implements Vdaf {
  private static final int HELPER = 1;
  private static final int AGGREGATORS = 2;
  private static final int SEED = Scheme.SEED;

  private final Field field = Field64.INSTANCE;
  private final UnverifiedVector instance;
  private final Derivation derive;

  /**
   * @param context equal at all parties; should commit to all parameters of the task
   */
  public UnverifiedSumVec(UnverifiedVector instance, byte[] context) {
    this.instance = instance;
    this.derive = new Derivation(field, 1, WireVersion.DRAFT_18, instance.algorithmId(), context);
  }

  @Override
  public MessageSizes sizes() {
    int vector = vectorBytes();
    return new MessageSizes(SEED, 0, vector, SEED, 0, 0, vector);
  }

  @Override
  public int outputLength() {
    return instance.length();
  }

  @Override
  public long mostReports(BigInteger noise) {
    return field.most(BigInteger.valueOf(instance.maxMeasurement()), noise);
  }

  /** Refuses what is out of range: an honest client spoils nothing by mistake. */
  @Override
  public Shares shard(Measurement measurement, Nonce nonce, SecureRandom random) {
    int length = instance.length();
    long[] values = measurement.all(length, instance.maxMeasurement());
    var seed = new byte[SEED];
    random.nextBytes(seed);
    var leader = field.zeros(length);
    for (int i = 0; i < length; i++) {
      field.set(BigInteger.valueOf(values[i]), leader, i);
    }
    field.subEach(leader, 0, expanded(seed), 0, length);
    var publicShare = PublicShare.own(new byte[0]);
    return new Shares(publicShare, List.of(InputShare.own(encoded(leader)), InputShare.own(seed)));
  }

  /**
   * Looks at the form of a share and at nothing else.
   *
   * @throws RejectedReportException when a share has a wrong length or an element that is not
   *     canonical; anything else passes
   */
  @Override
  public Verification verify(
      VerifyKey key, int aggregator, Nonce nonce, PublicShare publicShare, InputShare inputShare)
      throws RejectedReportException {
    require(publicShare.raw().length == 0, Reason.MALFORMED_PUBLIC_SHARE);
    return new Verification(
        VerifierShare.own(new byte[0]),
        VerifierMessage.own(new byte[0]),
        output(aggregator, inputShare.raw()),
        true);
  }

  private OutputShare output(int aggregator, byte[] bytes) throws RejectedReportException {
    boolean leader = aggregator == 0;
    require(bytes.length == (leader ? vectorBytes() : SEED), Reason.MALFORMED_INPUT_SHARE);
    if (leader) {
      require(
          field.decode(bytes, 0, field.zeros(instance.length()), 0, instance.length()),
          Reason.MALFORMED_INPUT_SHARE);
      return OutputShare.own(Arrays.copyOf(bytes, bytes.length));
    }
    return OutputShare.own(encoded(expanded(bytes)));
  }

  @Override
  public VerifierMessage combine(List<VerifierShare> shares) throws RejectedReportException {
    require(
        shares.size() == AGGREGATORS && shares.stream().allMatch(one -> one.byteLength() == 0),
        Reason.MALFORMED_VERIFIER_SHARE);
    return VerifierMessage.own(new byte[0]);
  }

  @Override
  public OutputShare finish(Verification verification, VerifierMessage message)
      throws RejectedReportException {
    require(message.byteLength() == 0, Reason.MALFORMED_MESSAGE);
    return verification.outputShare();
  }

  @Override
  public Aggregation aggregation() {
    return new Aggregation(field, instance.length());
  }

  @Override
  public List<BigInteger> unshard(List<AggregateShare> shares) {
    return sum(shares).values();
  }

  @Override
  public List<BigInteger> unshardNoisy(List<AggregateShare> shares) {
    return sum(shares).signedValues();
  }

  private Aggregation sum(List<AggregateShare> shares) {
    if (shares.size() != AGGREGATORS) {
      throw new IllegalArgumentException("one aggregate share per aggregator");
    }
    var sum = aggregation();
    shares.forEach(sum::merge);
    return sum;
  }

  private int vectorBytes() {
    return instance.length() * field.encodedBytes();
  }

  private long[] expanded(byte[] seed) {
    return derive.measurementShare(seed, 0, HELPER, instance.length());
  }

  private byte[] encoded(long[] elements) {
    var bytes = new byte[vectorBytes()];
    field.encode(elements, 0, instance.length(), bytes, 0);
    return bytes;
  }

  private static void require(boolean holds, Reason reason) throws RejectedReportException {
    if (!holds) {
      throw new RejectedReportException(reason);
    }
  }

  /** Says the instance only. */
  @Override
  public String toString() {
    return "UnverifiedSumVec[" + instance.length() + "]";
  }
}
