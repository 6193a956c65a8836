package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.privacy.vdaf.RejectedReportException.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every byte of every message changed, cut, extended and exchanged: no report passes, and only the
 * reasons that belong to the message come up.
 */
class HostileReportTest {
  private static final byte[] ALL_ONES = {
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
  };

  static List<Round> rounds() {
    return List.of(
        new Round(new Prio3Instance.Count(), Measurement.yes(true)),
        new Round(new Prio3Instance.Sum(1_337), Measurement.number(1_024)),
        new Round(new Prio3Instance.SumVec(5, 10, 3), Measurement.vector(0, 3, 10, 8, 7)),
        new Round(new Prio3Instance.Histogram(5, 2), Measurement.bucket(4)),
        new Round(
            new Prio3Instance.MultihotCountVec(4, 2, 3),
            Measurement.choices(true, false, false, true)),
        new Round(
            new Prio3Instance.SumVecMultiproof(3, 5, 2, 3, 0xFFFF1234),
            Measurement.vector(5, 0, 2)));
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void honestReport_passesAndAddsUp(Round round) {
    assertThat(round.play(bytes -> bytes, Part.NONE)).isEmpty();
    assertThat(round.sum()).isEqualTo(round.expected());
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void anyChangedByte_ofAnyMessage_isRejected(Round round) {
    for (Part part : Part.values()) {
      for (int at = 0; at < round.length(part); at++) {
        int position = at;
        var reasons = round.play(bytes -> changed(bytes, position), part);
        assertThat(reasons).as("%s byte %s", part, at).hasSize(1);
        assertThat(part.mayBe).as("%s byte %s", part, at).containsAll(reasons);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void anyOtherLength_ofAnyMessage_isRejectedAsMalformed(Round round) {
    for (Part part : EnumSet.complementOf(EnumSet.of(Part.NONE, Part.NONCE))) {
      int length = round.length(part);
      for (int other : new int[] {0, 1, length - 1, length + 1, length + 16, 2 * length + 32}) {
        if (other >= 0 && other != length) {
          var reasons = round.play(bytes -> Arrays.copyOf(bytes, other), part);
          assertThat(reasons).as("%s of %s bytes", part, other).hasSize(1);
          assertThat(reasons.iterator().next().name()).startsWith("MALFORMED");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void elementsThatAreNotCanonical_areRejectedAsMalformed(Round round) {
    int element = round.elementBytes();
    for (int at = 0;
        at + element + round.blindBytes() <= round.length(Part.LEADER);
        at += element) {
      int position = at;
      var reasons = round.play(bytes -> overwritten(bytes, position, element), Part.LEADER);
      assertThat(reasons).containsExactly(Reason.MALFORMED_INPUT_SHARE);
    }
    var reasons = round.play(bytes -> overwritten(bytes, 5, element), Part.REQUEST);
    assertThat(reasons).containsExactly(Reason.MALFORMED_VERIFIER_SHARE);
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void randomBytes_neverPassAndNeverThrow(Round round) {
    var random = new Random(42);
    for (int i = 0; i < 200; i++) {
      for (Part part : EnumSet.complementOf(EnumSet.of(Part.NONE, Part.NONCE))) {
        int length = round.length(part);
        if (length > 0) {
          var noise = new byte[random.nextInt(2 * length)];
          random.nextBytes(noise);
          assertThat(round.play(bytes -> noise, part)).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void sharesOfTheOtherAggregator_areRejected(Round round) {
    var swapped = round.shares.inputShares().reversed();
    var parties = round.parties();
    assertThat(parties.start(round.nonce, round.shares.publicShare(), swapped.getFirst()))
        .isInstanceOf(PingPongOutcome.Rejected.class);
    assertThatThrownBy(() ->
            round.prio3.verify(
                round.key, 2, round.nonce, round.shares.publicShare(), swapped.getFirst()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] changed(byte[] bytes, int at) {
    var copy = bytes.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static byte[] overwritten(byte[] bytes, int at, int length) {
    var copy = bytes.clone();
    System.arraycopy(ALL_ONES, 0, copy, at, length);
    return copy;
  }

  /** What may be changed, and the reasons that it may be refused for. */
  enum Part {
    NONE(EnumSet.noneOf(Reason.class)),
    NONCE(EnumSet.of(Reason.SPLIT_JOINT_RANDOMNESS)),
    PUBLIC(EnumSet.of(Reason.SPLIT_JOINT_RANDOMNESS)),
    LEADER(
        EnumSet.of(
            Reason.MALFORMED_INPUT_SHARE, Reason.SPLIT_JOINT_RANDOMNESS, Reason.PROOF_INVALID)),
    HELPER(EnumSet.of(Reason.SPLIT_JOINT_RANDOMNESS, Reason.PROOF_INVALID)),
    REQUEST(
        EnumSet.of(
            Reason.MALFORMED_MESSAGE,
            Reason.MALFORMED_VERIFIER_SHARE,
            Reason.PROOF_INVALID,
            Reason.JOINT_RANDOMNESS_DIFFERS)),
    RESPONSE(EnumSet.of(Reason.MALFORMED_MESSAGE, Reason.JOINT_RANDOMNESS_DIFFERS));

    private final Set<Reason> mayBe;

    Part(Set<Reason> mayBe) {
      this.mayBe = mayBe;
    }
  }

  /** One honest report and everything that is sent about it. */
  static final class Round {
    private final Prio3 prio3;
    private final Prio3Instance instance;
    private final Nonce nonce = Nonce.of(new byte[Nonce.BYTES]);
    private final VerifyKey key = VerifyKey.of(Vectors.ascii("the key of this test, 32 bytes ."));
    private final Shares shares;
    private final Measurement measurement;
    private List<java.math.BigInteger> sum = List.of();

    Round(Prio3Instance instance, Measurement measurement) {
      this.instance = instance;
      this.measurement = measurement;
      this.prio3 = Prio3.of(instance, Vectors.ascii("a task"));
      var rand = new byte[prio3.sizes().randBytes()];
      new Random(7).nextBytes(rand);
      this.shares = prio3.shard(measurement, nonce, rand);
    }

    PingPong parties() {
      return new PingPong(prio3, key);
    }

    int elementBytes() {
      return prio3.sizes().aggregateShareBytes() / prio3.outputLength();
    }

    int blindBytes() {
      return prio3.sizes().verifierMessageBytes();
    }

    int length(Part part) {
      var sizes = prio3.sizes();
      return switch (part) {
        case NONE -> 0;
        case NONCE -> blindBytes() > 0 ? Nonce.BYTES : 0; // else only the transport binds it
        case PUBLIC -> sizes.publicShareBytes();
        case LEADER -> sizes.leaderShareBytes();
        case HELPER -> sizes.helperShareBytes();
        case REQUEST -> sizes.verifierShareBytes() + 5;
        case RESPONSE -> sizes.verifierMessageBytes() + 5;
      };
    }

    List<java.math.BigInteger> sum() {
      return sum;
    }

    List<java.math.BigInteger> expected() {
      var values = instance instanceof Prio3Instance.Histogram ? oneHot() : plain();
      return Arrays.stream(values).mapToObj(java.math.BigInteger::valueOf).toList();
    }

    private long[] oneHot() {
      var values = new long[prio3.outputLength()];
      values[(int) measurement.single(values.length)] = 1;
      return values;
    }

    private long[] plain() {
      return measurement.all(prio3.outputLength(), Long.MAX_VALUE);
    }

    /** Reasons of the first party that refuses; empty when the report passes. */
    Set<Reason> play(UnaryOperator<byte[]> change, Part part) {
      var parties = parties();
      var publicShare = PublicShare.of(at(Part.PUBLIC, part, change, shares.publicShare().raw()));
      var leaderShare =
          InputShare.of(at(Part.LEADER, part, change, shares.inputShares().get(0).raw()));
      var helperShare =
          InputShare.of(at(Part.HELPER, part, change, shares.inputShares().get(1).raw()));
      var seen = Nonce.of(at(Part.NONCE, part, change, nonce.raw()));
      var started = parties.start(seen, publicShare, leaderShare);
      if (started instanceof PingPongOutcome.Rejected(var reason)) {
        return Set.of(reason);
      }
      var state = (PingPongOutcome.Started) started;
      var request = at(Part.REQUEST, part, change, state.outbound().bytes());
      var answered = parties.answer(seen, publicShare, helperShare, request);
      if (answered instanceof PingPongOutcome.Rejected(var reason)) {
        return Set.of(reason);
      }
      var helper = (PingPongOutcome.FinishedWithOutbound) answered;
      var response = at(Part.RESPONSE, part, change, helper.outbound().bytes());
      var ended = parties.end(state.verification(), response);
      if (ended instanceof PingPongOutcome.Rejected(var reason)) {
        return Set.of(reason);
      }
      add(((PingPongOutcome.Finished) ended).outputShare(), helper.outputShare());
      return Set.of();
    }

    private void add(OutputShare leader, OutputShare helper) {
      var leaderSum = prio3.aggregation();
      leaderSum.add(leader);
      var helperSum = prio3.aggregation();
      helperSum.add(helper);
      sum = prio3.unshard(List.of(leaderSum.share(), helperSum.share()));
    }

    private static byte[] at(Part here, Part changed, UnaryOperator<byte[]> change, byte[] bytes) {
      return here == changed ? change.apply(bytes) : bytes;
    }

    @Override
    public String toString() {
      return instance.toString();
    }
  }
}
