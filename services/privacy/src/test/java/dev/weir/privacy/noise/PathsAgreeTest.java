package dev.weir.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The long path and the BigInteger path draw alike from the same bytes. */
class PathsAgreeTest {
  private static final long SEED = 20_260_101;

  @Test
  void exp_overLongsAndOverBigIntegers_drawsAlike() {
    var choices = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      long seed = choices.nextLong();
      long denominator = 1 + choices.nextLong(1_000_000_000_000L);
      long numerator = choices.nextLong(denominator);
      var fast = new Bernoulli(seeded(seed)).expUnit(numerator, denominator);
      var slow =
          new Bernoulli(seeded(seed))
              .expUnitBig(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), 1);
      assertThat(fast).as("seed %s", seed).isEqualTo(slow);
    }
  }

  @Test
  void below_staysBelowItsBoundAndReachesBothEnds() {
    var source = seeded(SEED);
    var seen = new boolean[5];
    for (int i = 0; i < 1_000; i++) {
      seen[(int) source.below(5L)] = true;
      assertThat(source.below(BigInteger.TWO.pow(70)))
          .isBetween(BigInteger.ZERO, BigInteger.TWO.pow(70));
    }
    assertThat(seen).containsOnly(true);
  }

  private static UniformSource seeded(long seed) {
    var random = new Random(seed);
    return new ByteUniformSource(random::nextBytes);
  }
}
