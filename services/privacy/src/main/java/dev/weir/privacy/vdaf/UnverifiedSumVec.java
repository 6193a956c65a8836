package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field64;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of long vectors between two aggregators by plain additive sharing over Field64, <b>without
 * robustness</b>: nothing proves that a vector is in range, so one client can make a sum mean
 * nothing, and nobody can tell which. For vectors that are too long for a proof, among clients who
 * answer for what they send. Each aggregator by itself still learns nothing: the helper's share is
 * a seed of 32 bytes, the leader's the vector minus what the seed expands to. Not Prio3 and not of
 * any draft; its id is from the range for private use. Immutable and thread-safe.
 */
public final class UnverifiedSumVec {
  /** Most elements of a vector; the leader's share is eight bytes each. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final int ALGORITHM_ID = 0xFFFF5753;
  private static final int HELPER = 1;
  private static final int SEED = Scheme.SEED;

  private final Field field = Field64.INSTANCE;
  private final int length;
  private final Derivation derive;

  /**
   * @param length elements of each vector, 1 to {@link #MAX_LENGTH}
   * @param context equal at all parties; should commit to all parameters of the task
   */
  public UnverifiedSumVec(int length, byte[] context) {
    if (length < 1 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a vector has 1 to " + MAX_LENGTH + " elements");
    }
    this.length = length;
    this.derive = new Derivation(field, 1, WireVersion.DRAFT_18, ALGORITHM_ID, context);
  }

  /**
   * Splits a vector.
   *
   * @param values of either sign, shape [length]; secret
   * @return an empty public share, the leader's share of 8 · length bytes and the helper's of 32
   */
  public Shares shard(long[] values, SecureRandom random) {
    if (values.length != length) {
      throw new IllegalArgumentException("the task takes vectors of " + length + " elements");
    }
    var seed = new byte[SEED];
    random.nextBytes(seed);
    var leader = field.zeros(length);
    for (int i = 0; i < length; i++) {
      field.set(BigInteger.valueOf(values[i]), leader, i);
    }
    field.subEach(leader, 0, derive.measurementShare(seed, 0, HELPER, length), 0, length);
    var publicShare = PublicShare.own(new byte[0]);
    return new Shares(publicShare, List.of(InputShare.own(encoded(leader)), InputShare.own(seed)));
  }

  /**
   * What an aggregator adds up for a report.
   *
   * @param aggregator 0 for the leader, 1 for the helper
   * @throws RejectedReportException when the share has a wrong length or an element that is not
   *     canonical; anything else passes
   */
  public OutputShare open(int aggregator, InputShare share) throws RejectedReportException {
    var bytes = share.raw();
    boolean leader = aggregator == 0;
    int expected = leader ? length * field.encodedBytes() : SEED;
    if (bytes.length != expected || (leader && !canonical(bytes))) {
      throw new RejectedReportException(RejectedReportException.Reason.MALFORMED_INPUT_SHARE);
    }
    return OutputShare.own(
        leader
            ? Arrays.copyOf(bytes, bytes.length)
            : encoded(derive.measurementShare(bytes, 0, HELPER, length)));
  }

  /** An empty sum. */
  public Aggregation aggregation() {
    return new Aggregation(field, length);
  }

  /** The sums, each in (−modulus/2, modulus/2]. */
  public List<BigInteger> unshard(AggregateShare leader, AggregateShare helper) {
    var sum = aggregation();
    sum.merge(leader);
    sum.merge(helper);
    return sum.signedValues();
  }

  private boolean canonical(byte[] bytes) {
    return field.decode(bytes, 0, field.zeros(length), 0, length);
  }

  private byte[] encoded(long[] elements) {
    var bytes = new byte[length * field.encodedBytes()];
    field.encode(elements, 0, length, bytes, 0);
    return bytes;
  }
}
