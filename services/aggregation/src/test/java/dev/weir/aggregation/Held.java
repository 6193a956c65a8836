package dev.weir.aggregation;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;
import dev.weir.privacy.field.Field64;
import dev.weir.privacy.vdaf.Measurement;
import dev.weir.privacy.vdaf.Nonce;
import dev.weir.privacy.vdaf.Prio3Instance;
import dev.weir.privacy.vdaf.RejectedReportException;
import dev.weir.privacy.vdaf.UnverifiedVector;
import dev.weir.privacy.vdaf.Vdaf;
import dev.weir.privacy.vdaf.VdafInstance;
import dev.weir.privacy.vdaf.VerifyKey;
import dev.weir.privacy.xof.XofTurboShake128;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that either aggregator holds of many reports of one measurement, part by part: what it was
 * sent, what it works out and what the other one tells it. What the helper's seed expands to is
 * derived here by the draft's words, not by our own code.
 */
final class Held {
  private static final int SEED = 32;
  private static final byte[] CONTEXT = {1, 2, 3};
  private static final int MEASUREMENT_SHARE = 1;
  private static final int PROOF_SHARE = 2;

  /** What is held of a report, or of reports together. */
  enum Part {
    SEED,
    BLIND,
    MEASUREMENT_SHARE,
    PROOFS_SHARE,
    PUBLIC_SHARE,
    LEADERS_VERIFIER_SHARE,
    OWN_VERIFIER_SHARE,
    BOTH_VERIFIER_SHARES,
    MESSAGE,
    OUTPUT_SHARE,
    ACCUMULATOR
  }

  /**
   * One VDAF with two measurements that are to be told apart.
   *
   * @param measured elements of an encoded measurement
   */
  record Kind(
      VdafInstance instance,
      Field field,
      int measured,
      int proofs,
      Measurement zero,
      Measurement one) {
    @Override
    public String toString() {
      return instance.toString();
    }
  }

  static List<Kind> kinds() {
    var none = Measurement.vector(0, 0, 0);
    var all = Measurement.vector(7, 7, 7);
    return List.of(
        kind(new Prio3Instance.Count(), 1, Measurement.yes(false), Measurement.yes(true)),
        kind(new Prio3Instance.Sum(255), 8, Measurement.number(0), Measurement.number(255)),
        wide(new Prio3Instance.SumVec(3, 7, 3), 9, none, all),
        wide(new Prio3Instance.Histogram(4, 2), 4, Measurement.bucket(0), Measurement.bucket(3)),
        wide(
            new Prio3Instance.MultihotCountVec(4, 2, 2),
            6,
            Measurement.choices(false, false, false, false),
            Measurement.choices(true, true, false, false)),
        new Kind(
            new Prio3Instance.SumVecMultiproof(3, 7, 3, 3, 0xFFFF1003),
            Field64.INSTANCE,
            9,
            3,
            none,
            all),
        kind(new UnverifiedVector(3, 7), 3, none, all));
  }

  private static Kind kind(VdafInstance instance, int measured, Measurement zero, Measurement one) {
    return new Kind(instance, Field64.INSTANCE, measured, 1, zero, one);
  }

  private static Kind wide(VdafInstance instance, int measured, Measurement zero, Measurement one) {
    return new Kind(instance, Field128.INSTANCE, measured, 1, zero, one);
  }

  private final Kind kind;
  private final Vdaf vdaf;
  private final int proven;
  private final int blind;
  private final Map<Part, byte[][]> leader = new EnumMap<>(Part.class);
  private final Map<Part, byte[][]> helper = new EnumMap<>(Part.class);

  private Held(Kind kind) {
    this.kind = kind;
    this.vdaf = Vdaf.of(kind.instance(), CONTEXT);
    this.blind = vdaf.sizes().publicShareBytes() > 0 ? SEED : 0;
    this.proven =
        (vdaf.sizes().leaderShareBytes() - blind) / kind.field().encodedBytes() - kind.measured();
  }

  /**
   * Of so many reports.
   *
   * @param random of the clients
   */
  static Held of(Kind kind, Measurement measurement, int reports, SecureRandom random)
      throws RejectedReportException {
    var held = new Held(kind);
    var key = VerifyKey.random(new SecureRandom());
    for (int i = 0; i < reports; i++) {
      held.report(key, measurement, i, reports, random);
    }
    held.accumulate(held.leader);
    held.accumulate(held.helper);
    return held;
  }

  Map<Part, byte[][]> leader() {
    return leader;
  }

  Map<Part, byte[][]> helper() {
    return helper;
  }

  private void report(VerifyKey key, Measurement measurement, int i, int of, SecureRandom random)
      throws RejectedReportException {
    var nonce = Nonce.random(new SecureRandom());
    var shares = vdaf.shard(measurement, nonce, random);
    var shown = shares.publicShare();
    var first = vdaf.verify(key, 0, nonce, shown, shares.inputShares().getFirst());
    var second = vdaf.verify(key, 1, nonce, shown, shares.inputShares().getLast());
    var message = vdaf.combine(List.of(first.verifierShare(), second.verifierShare()));
    byte[] leaders = shares.inputShares().getFirst().revealBytes();
    byte[] helpers = shares.inputShares().getLast().revealBytes();
    byte[] leadersVerifier = first.verifierShare().revealBytes();
    byte[] helpersVerifier = second.verifierShare().revealBytes();
    int measured = kind.measured() * kind.field().encodedBytes();
    int end = leaders.length - blind;

    put(leader, Part.MEASUREMENT_SHARE, i, of, Arrays.copyOf(leaders, measured));
    put(leader, Part.PROOFS_SHARE, i, of, Arrays.copyOfRange(leaders, measured, end));
    put(leader, Part.BLIND, i, of, Arrays.copyOfRange(leaders, end, leaders.length));
    put(leader, Part.OWN_VERIFIER_SHARE, i, of, leadersVerifier);

    put(helper, Part.SEED, i, of, Arrays.copyOf(helpers, SEED));
    put(helper, Part.BLIND, i, of, Arrays.copyOfRange(helpers, SEED, helpers.length));
    put(helper, Part.MEASUREMENT_SHARE, i, of, expanded(MEASUREMENT_SHARE, helpers));
    put(helper, Part.PROOFS_SHARE, i, of, expanded(PROOF_SHARE, helpers));
    put(helper, Part.LEADERS_VERIFIER_SHARE, i, of, leadersVerifier);
    put(helper, Part.OWN_VERIFIER_SHARE, i, of, helpersVerifier);
    int checked = leadersVerifier.length - blind;
    put(
        helper,
        Part.BOTH_VERIFIER_SHARES,
        i,
        of,
        added(Arrays.copyOf(leadersVerifier, Math.max(0, checked)), helpersVerifier));

    for (var side : List.of(leader, helper)) {
      put(side, Part.PUBLIC_SHARE, i, of, shown.revealBytes());
      put(side, Part.MESSAGE, i, of, message.revealBytes());
    }
    put(leader, Part.OUTPUT_SHARE, i, of, vdaf.finish(first, message).revealBytes());
    put(helper, Part.OUTPUT_SHARE, i, of, vdaf.finish(second, message).revealBytes());
  }

  private static void put(
      Map<Part, byte[][]> side, Part part, int report, int reports, byte[] value) {
    if (value.length > 0) {
      side.computeIfAbsent(part, none -> new byte[reports][])[report] = value;
    }
  }

  /** Sums of two reports each: of more, the same holds. */
  private void accumulate(Map<Part, byte[][]> side) {
    var outputs = side.get(Part.OUTPUT_SHARE);
    var sums = new byte[outputs.length / 2][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = added(outputs[2 * i], outputs[2 * i + 1]);
    }
    side.put(Part.ACCUMULATOR, sums);
  }

  /** What the helper's seed stands for. */
  private byte[] expanded(int usage, byte[] seed) {
    int count = usage == PROOF_SHARE ? proven : kind.measured();
    byte[] tag = new byte[8 + CONTEXT.length];
    tag[0] = 18;
    for (int i = 0; i < 4; i++) {
      tag[2 + i] = (byte) (id() >>> (24 - 8 * i));
    }
    tag[7] = (byte) usage;
    System.arraycopy(CONTEXT, 0, tag, 8, CONTEXT.length);
    var xof = new XofTurboShake128(Arrays.copyOf(seed, SEED), tag);
    if (usage == PROOF_SHARE) {
      xof.bind((byte) kind.proofs());
    }
    xof.bind((byte) 1);
    var field = kind.field();
    var elements = field.zeros(count);
    field.draw(xof, elements, 0, count);
    var encoded = new byte[count * field.encodedBytes()];
    field.encode(elements, 0, count, encoded, 0);
    return encoded;
  }

  private int id() {
    return switch (kind.instance()) {
      case Prio3Instance prio3 -> prio3.algorithmId();
      case UnverifiedVector vector -> vector.algorithmId();
    };
  }

  /** Elements of one encoding and as many of another, added up. */
  private byte[] added(byte[] one, byte[] other) {
    return added(kind, one, other);
  }

  /** With no mask: the measurement, what it adds to the sum, or any other sum of two shares. */
  static byte[] added(Kind kind, byte[] one, byte[] other) {
    var field = kind.field();
    int count = one.length / field.encodedBytes();
    var sum = field.zeros(count);
    var read = field.zeros(count);
    if (!field.decode(one, 0, sum, 0, count) || !field.decode(other, 0, read, 0, count)) {
      throw new IllegalArgumentException("shares have canonical elements");
    }
    field.addEach(sum, 0, read, 0, count);
    byte[] encoded = new byte[one.length];
    field.encode(sum, 0, count, encoded, 0);
    return encoded;
  }
}
