package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Prio3Test {
  private static final byte[] TASK = Vectors.ascii("a task");

  private final SecureRandom random = new SecureRandom();

  @Test
  void parameters_thatAreUnsoundOrTooLarge_areRefused() {
    List<Runnable> refused =
        List.of(
            () -> new Prio3Instance.Sum(0),
            () -> new Prio3Instance.Sum(-1),
            () -> Prio3.of(new Prio3Instance.Sum(1L << 63), TASK),
            () -> new Prio3Instance.SumVec(0, 1, 1),
            () -> new Prio3Instance.SumVec(10, 1, 0),
            () -> new Prio3Instance.SumVec(1 << 20, 3, 1_000),
            () -> new Prio3Instance.Histogram(1 << 21, 1_000),
            () -> new Prio3Instance.Histogram(10, Integer.MAX_VALUE),
            () -> new Prio3Instance.MultihotCountVec(4, 5, 2),
            () -> new Prio3Instance.MultihotCountVec(4, 0, 2),
            () -> new Prio3Instance.SumVecMultiproof(4, 1, 2, 2, -1),
            () -> new Prio3Instance.SumVecMultiproof(4, 1, 2, 256, -1),
            () -> new Prio3Instance.SumVecMultiproof(4, 1, 2, 3, 3),
            () -> Prio3.of(WireVersion.DRAFT_18, new Prio3Instance.Count(), 1, TASK),
            () -> Prio3.of(WireVersion.DRAFT_18, new Prio3Instance.Count(), 256, TASK),
            () -> Prio3.of(new Prio3Instance.Count(), new byte[65_528]));
    for (int i = 0; i < refused.size(); i++) {
      var one = refused.get(i);
      assertThatThrownBy(one::run).as("case %s", i).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void measurements_outsideTheirRange_areRefused() {
    var refused =
        List.of(
            shard(new Prio3Instance.Count(), Measurement.number(2)),
            shard(new Prio3Instance.Sum(255), Measurement.number(256)),
            shard(new Prio3Instance.Sum(255), Measurement.number(-1)),
            shard(new Prio3Instance.Sum(255), Measurement.vector(1, 2)),
            shard(new Prio3Instance.SumVec(2, 3, 2), Measurement.vector(1, 4)),
            shard(new Prio3Instance.SumVec(2, 3, 2), Measurement.vector(1, 1, 1)),
            shard(new Prio3Instance.Histogram(4, 2), Measurement.bucket(4)),
            shard(new Prio3Instance.Histogram(4, 2), Measurement.bucket(-1)),
            shard(new Prio3Instance.MultihotCountVec(3, 2, 2), Measurement.vector(1, 1, 1)),
            shard(new Prio3Instance.MultihotCountVec(3, 2, 2), Measurement.vector(0, 2, 0)));
    for (Runnable one : refused) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void largestSum_isExact() throws RejectedReportException {
    var prio3 = Prio3.of(new Prio3Instance.Sum(Long.MAX_VALUE), TASK);
    var total = total(prio3, 1, Measurement.number(Long.MAX_VALUE));
    assertThat(total).containsExactly(BigInteger.valueOf(Long.MAX_VALUE));
  }

  @Test
  void vectorOfLargeNumbers_sumsBeyondSixtyFourBits() throws RejectedReportException {
    var prio3 = Prio3.of(new Prio3Instance.SumVec(2, Long.MAX_VALUE, 11), TASK);
    var total = total(prio3, 4, Measurement.vector(Long.MAX_VALUE, 1));
    assertThat(total)
        .containsExactly(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(2), BigInteger.valueOf(4));
  }

  @Test
  void unshardNoisy_ofNegativeNoise_isNegative() throws RejectedReportException {
    var prio3 = Prio3.of(new Prio3Instance.Histogram(3, 2), TASK);
    var noise = List.of(BigInteger.valueOf(-5), BigInteger.ZERO, BigInteger.valueOf(2));
    var sums = new ArrayList<AggregateShare>();
    for (AggregateShare share : shares(prio3, 2, Measurement.bucket(1))) {
      var sum = prio3.aggregation();
      sum.merge(share);
      sum.addNoise(noise);
      sums.add(sum.share());
    }
    assertThat(prio3.unshardNoisy(sums))
        .containsExactly(BigInteger.valueOf(-10), BigInteger.TWO, BigInteger.valueOf(4));
  }

  @Test
  void aggregation_ofForeignOrBrokenShares_isRefused() {
    var sum = Prio3.of(new Prio3Instance.Count(), TASK).aggregation();
    for (byte[] bytes :
        List.of(new byte[7], new byte[16], HexFormat.of().parseHex("ff".repeat(8)))) {
      assertThatThrownBy(() -> sum.merge(AggregateShare.of(bytes)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> sum.addNoise(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReportOfAnotherTask_isRejected() {
    var instance = new Prio3Instance.Count();
    var mine = Prio3.of(instance, TASK);
    var other = Prio3.of(instance, Vectors.ascii("another task"));
    var key = VerifyKey.random(random);
    var nonce = Nonce.random(random);
    var shares = mine.shard(Measurement.yes(true), nonce, random);
    var parties = new PingPong(other, key);
    var started =
        (PingPongOutcome.Started)
            parties.start(nonce, shares.publicShare(), shares.inputShares().get(0));
    assertThat(
            parties.answer(
                nonce,
                shares.publicShare(),
                shares.inputShares().get(1),
                started.outbound().bytes()))
        .isInstanceOf(PingPongOutcome.Rejected.class);
  }

  @Test
  void secrets_printTheirSizeOnlyAndCompareByContent() {
    var prio3 = Prio3.of(new Prio3Instance.Count(), TASK);
    var nonce = Nonce.random(random);
    var shares = prio3.shard(Measurement.yes(true), nonce, random);
    var share = shares.inputShares().get(0);
    assertThat(share).hasToString("InputShare[48 bytes]");
    assertThat(share).isEqualTo(InputShare.of(share.revealBytes()));
    assertThat(share).hasSameHashCodeAs(InputShare.of(new byte[48]));
    assertThat(share).isNotEqualTo(InputShare.of(new byte[48]));
    assertThat((Object) InputShare.of(new byte[8])).isNotEqualTo(OutputShare.of(new byte[8]));
    assertThat(Measurement.bucket(77).toString()).doesNotContain("77");
    assertThat(VerifyKey.of(new byte[32])).hasToString("VerifyKey[32 bytes]");
    assertThat(shares.toString()).doesNotContainPattern("[0-9a-f]{16}");
  }

  private Runnable shard(Prio3Instance instance, Measurement measurement) {
    return () -> Prio3.of(instance, TASK).shard(measurement, Nonce.random(random), random);
  }

  private List<BigInteger> total(Prio3 prio3, int reports, Measurement measurement)
      throws RejectedReportException {
    return prio3.unshard(shares(prio3, reports, measurement));
  }

  private List<AggregateShare> shares(Prio3 prio3, int reports, Measurement measurement)
      throws RejectedReportException {
    var key = VerifyKey.random(random);
    var leader = prio3.aggregation();
    var helper = prio3.aggregation();
    for (int i = 0; i < reports; i++) {
      var nonce = Nonce.random(random);
      var shares = prio3.shard(measurement, nonce, random);
      var first = prio3.verify(key, 0, nonce, shares.publicShare(), shares.inputShares().get(0));
      var second = prio3.verify(key, 1, nonce, shares.publicShare(), shares.inputShares().get(1));
      var message = prio3.combine(List.of(first.verifierShare(), second.verifierShare()));
      leader.add(prio3.finish(first, message));
      helper.add(prio3.finish(second, message));
    }
    return List.of(leader.share(), helper.share());
  }
}
