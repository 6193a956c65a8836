package dev.weir.privacy.vdaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every seed of a report comes from the caller's randomness and is used as it came. Published
 * vectors pass the seeds in, so that they do not see it, and shares with a known proof or blind
 * look as even as others: an aggregator would read the measurement from them all the same.
 */
class RandomnessOfSharesTest {
  private static final int SEED = 32;

  @Test
  void everySeed_isDrawnAndUsed() {
    var context = new byte[] {1, 2, 3};
    check(Prio3.of(new Prio3Instance.Count(), context), Measurement.yes(true));
    check(Prio3.of(new Prio3Instance.Sum(255), context), Measurement.number(17));
    check(Prio3.of(new Prio3Instance.SumVec(3, 7, 2), context), Measurement.vector(1, 2, 3));
    check(Prio3.of(new Prio3Instance.Histogram(4, 2), context), Measurement.bucket(2));
  }

  private static void check(Prio3 vdaf, Measurement measurement) {
    var nonce = Nonce.random(new SecureRandom());
    var drawn = new Recording();
    var shares = bytes(vdaf.shard(measurement, nonce, drawn));
    byte[] rand = drawn.bytes.toByteArray();
    assertThat(rand.length).isGreaterThanOrEqualTo(2 * SEED).isEqualTo(rand.length / SEED * SEED);
    assertThat(bytes(vdaf.shard(measurement, nonce, rand.clone())))
        .as("what was drawn is what is used")
        .isDeepEqualTo(shares);
    for (int at = 0; at < rand.length; at += SEED) {
      var changed = rand.clone();
      changed[at] ^= 1;
      assertThat(Arrays.deepEquals(bytes(vdaf.shard(measurement, nonce, changed)), shares))
          .as("seed at %d", at)
          .isFalse();
      var seed = Arrays.copyOfRange(rand, at, at + SEED);
      assertThat(seed).isNotEqualTo(new byte[SEED]);
    }
  }

  /** Public share, then input shares. */
  private static byte[][] bytes(Shares shares) {
    List<byte[]> all = new ArrayList<>();
    all.add(shares.publicShare().revealBytes());
    shares.inputShares().forEach(share -> all.add(share.revealBytes()));
    return all.toArray(byte[][]::new);
  }

  private static final class Recording extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void nextBytes(byte[] into) {
      super.nextBytes(into);
      bytes.writeBytes(into);
    }
  }
}
