package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors of real numbers, and vectors too long for a proof. */
class LongVectorTest {
  private static final byte[] TASK = Vectors.ascii("a task");

  private final SecureRandom random = new SecureRandom();
  private final Random seeded = new Random(20_260_501);

  @Test
  void unverifiedVectors_addUp_butOneClientSpoilsThem() throws RejectedReportException {
    int length = 5_000;
    long most = 1L << 40;
    var sharing = new UnverifiedSumVec(new UnverifiedVector(length, most), TASK);
    var pingPong = new PingPong(sharing, VerifyKey.random(random));
    var leader = sharing.aggregation();
    var helper = sharing.aggregation();
    var expected = new BigInteger[length];
    Arrays.fill(expected, BigInteger.ZERO);
    for (int report = 0; report < 5; report++) {
      var values = seeded.longs(length, 0, most).toArray();
      var shares = sharing.shard(Measurement.vector(values), Nonce.random(random), random);
      assertThat(shares.inputShares().get(0).byteLength()).isEqualTo(8 * length);
      assertThat(shares.inputShares().get(1).byteLength()).isEqualTo(32);
      add(pingPong, shares, leader, helper);
      for (int i = 0; i < length; i++) {
        expected[i] = expected[i].add(BigInteger.valueOf(values[i]));
      }
    }
    assertThat(sharing.unshard(List.of(leader.share(), helper.share()))).containsExactly(expected);
    // nothing holds a client to the range that the task names
    var wider = new UnverifiedSumVec(new UnverifiedVector(length, 2 * most), TASK);
    var lie = new long[length];
    lie[7] = 2 * most;
    add(
        pingPong,
        wider.shard(Measurement.vector(lie), Nonce.random(random), random),
        leader,
        helper);
    assertThat(sharing.unshard(List.of(leader.share(), helper.share())).get(7))
        .isEqualTo(expected[7].add(BigInteger.valueOf(2 * most)));
    assertThat(new UnverifiedVector(length, most).isRobust()).isFalse();
    assertThat(new Prio3Instance.SumVec(1, 1, 1).isRobust()).isTrue();
  }

  private static void add(PingPong pingPong, Shares shares, Aggregation leader, Aggregation helper)
      throws RejectedReportException {
    var nonce = Nonce.of(new byte[Nonce.BYTES]);
    var started =
        (PingPongOutcome.Started)
            pingPong.start(nonce, shares.publicShare(), shares.inputShares().get(0));
    var answered =
        (PingPongOutcome.FinishedWithOutbound)
            pingPong.answer(
                nonce,
                shares.publicShare(),
                shares.inputShares().get(1),
                started.outbound().bytes());
    var ended =
        (PingPongOutcome.Finished)
            pingPong.end(started.verification(), answered.outbound().bytes());
    leader.add(ended.outputShare());
    helper.add(answered.outputShare());
  }

  @Test
  void unverifiedShares_ofAnotherLengthOrNotCanonical_areRejected() {
    var sharing = new UnverifiedSumVec(new UnverifiedVector(2, 9), TASK);
    var pingPong = new PingPong(sharing, VerifyKey.random(random));
    var nonce = Nonce.of(new byte[Nonce.BYTES]);
    var none = PublicShare.of(new byte[0]);
    for (byte[] bytes :
        List.of(new byte[15], new byte[17], HexFormat.of().parseHex("ff".repeat(16)))) {
      assertThat(pingPong.start(nonce, none, InputShare.of(bytes)))
          .isInstanceOf(PingPongOutcome.Rejected.class);
    }
    assertThat(pingPong.start(nonce, PublicShare.of(new byte[1]), InputShare.of(new byte[16])))
        .isInstanceOf(PingPongOutcome.Rejected.class);
    byte[] request = PingPongMessage.initialize(VerifierShare.of(new byte[0])).bytes();
    assertThat(pingPong.answer(nonce, none, InputShare.of(new byte[31]), request))
        .isInstanceOf(PingPongOutcome.Rejected.class);
    byte[] talk = PingPongMessage.initialize(VerifierShare.of(new byte[1])).bytes();
    assertThat(pingPong.answer(nonce, none, InputShare.of(new byte[32]), talk))
        .isInstanceOf(PingPongOutcome.Rejected.class);
    for (long[] bad : List.of(new long[3], new long[] {10, 0}, new long[] {-1, 0})) {
      assertThatThrownBy(() -> sharing.shard(Measurement.vector(bad), nonce, random))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new UnverifiedVector((1 << 20) + 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new UnverifiedVector(2, (1L << 42) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fixedPoint_ofAnyVector_neverExceedsItsNorm() {
    for (int round = 0; round < 2_000; round++) {
      int length = 1 + seeded.nextInt(40);
      var encoding =
          new FixedPointEncoding(length, 1 + seeded.nextInt(1 << 16), seeded.nextInt(20), 1);
      double size = Math.exp(seeded.nextDouble(-20, 20));
      var vector = seeded.doubles(length, -size, size).toArray();
      var squared = BigInteger.ZERO;
      for (long value : encoding.encode(vector).all(length, encoding.maxMeasurement())) {
        squared = squared.add(BigInteger.valueOf(value - encoding.clipUnits()).pow(2));
      }
      assertThat(squared).isLessThanOrEqualTo(BigInteger.valueOf(encoding.clipUnits()).pow(2));
    }
  }

  @Test
  void fixedPoint_ofVectorsWithinTheNorm_losesLessThanAUnitEach() throws Exception {
    var encoding = new FixedPointEncoding(3, 4 << 10, 10, 1);
    var prio3 = Prio3.of(new Prio3Instance.SumVec(3, encoding.maxMeasurement(), 6), TASK);
    var key = VerifyKey.random(random);
    var sums = new double[3];
    var leader = prio3.aggregation();
    var helper = prio3.aggregation();
    for (int report = 0; report < 4; report++) {
      var vector = seeded.doubles(3, -2, 2).toArray();
      var nonce = Nonce.random(random);
      var shares = prio3.shard(encoding.encode(vector), nonce, random);
      var first = prio3.verify(key, 0, nonce, shares.publicShare(), shares.inputShares().get(0));
      var second = prio3.verify(key, 1, nonce, shares.publicShare(), shares.inputShares().get(1));
      var message = prio3.combine(List.of(first.verifierShare(), second.verifierShare()));
      leader.add(prio3.finish(first, message));
      helper.add(prio3.finish(second, message));
      for (int i = 0; i < 3; i++) {
        sums[i] += vector[i];
      }
    }
    var decoded = encoding.decode(prio3.unshard(List.of(leader.share(), helper.share())), 4);
    for (int i = 0; i < 3; i++) {
      assertThat(Math.abs(decoded[i] - sums[i])).isLessThan(4.0 / (1 << 10));
    }
    assertThat(encoding.sensitivity().squaredL2()).isEqualTo(BigInteger.valueOf(8L << 10).pow(2));
  }

  @Test
  void fixedPoint_clipsEachRecordBeforeItAddsThem() {
    var encoding = new FixedPointEncoding(2, 10 << 8, 8, 3);
    var records = List.of(new double[] {300, 0}, new double[] {-3, 4}, new double[] {0, -1});
    long[] sum = encoding.encode(records).all(2, encoding.maxMeasurement());
    long offset = 3L * (10 << 8);
    assertThat(sum).containsExactly(offset + (7 << 8), offset + (3 << 8));
    assertThat(encoding.maxMeasurement()).isEqualTo(2 * offset);
    assertThat(encoding.sensitivity().squaredL2()).isEqualTo(BigInteger.valueOf(20L << 8).pow(2));
    assertThat(encoding.decode(List.of(BigInteger.valueOf(sum[0]), BigInteger.valueOf(sum[1])), 1))
        .containsExactly(7.0, 3.0);
    var tooMany = List.of(new double[2], new double[2], new double[2], new double[2]);
    assertThatThrownBy(() -> encoding.encode(tooMany)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fixedPoint_saysHowManyRecordsItClipped_andTakesNoneBeyondItsMost() {
    var encoding = new FixedPointEncoding(2, 1 << 8, 8, 3);
    var sum = encoding.sum();
    sum.add(new double[] {0.6, 0.8}); // of norm 1, and a hair more in floating point
    sum.add(new double[] {30, -40});
    assertThatThrownBy(() -> sum.add(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
    sum.add(new double[] {0, -1});
    assertThat(sum.records()).isEqualTo(3);
    assertThat(sum.clipped()).isEqualTo(1);
    long offset = 3L << 8;
    assertThat(sum.measurement().all(2, encoding.maxMeasurement()))
        .containsExactly(offset + 153 + 153, offset + 204 - 204 - 256);
    assertThatThrownBy(() -> sum.add(new double[2])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fixedPoint_ofWhatIsNoNumber_isRefused() {
    var encoding = new FixedPointEncoding(2, 100, 4, 1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> encoding.encode(new double[] {0, bad}))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> encoding.encode(new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FixedPointEncoding(2, 0, 4, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FixedPointEncoding(2, 1, 31, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
