package dev.weir.query.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.privacy.noise.Rational;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The binding to the samplers; their own laws are tested where they live. */
class SecureNoiseTest {
  private static final int DRAWS = 4_000;
  private final SecureNoise noise = new SecureNoise(new SecureRandom());

  /**
   * Variance 100: the mean of 4,000 squares is off by more than 20 % less than once in 10¹⁰ runs.
   */
  @Test
  void gaussian_hasTheVarianceAskedFor() {
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      squares += Math.pow(noise.gaussian(Rational.of(100, 1)).doubleValue(), 2);
    }
    assertThat(squares / DRAWS).isBetween(80.0, 120.0);
  }

  /**
   * Rate ln 3 ≈ 10986/10000: the nearer of two is drawn 3 times as often; off by 0.05 less than
   * once in 10¹⁰ runs.
   */
  @Test
  void exponential_prefersTheSmallerDistanceByTheRate() {
    int nearer = 0;
    for (int i = 0; i < DRAWS; i++) {
      if (noise.exponential(List.of(BigInteger.ONE, BigInteger.ZERO), Rational.of(10_986, 10_000))
          == 1) {
        nearer++;
      }
    }
    assertThat(nearer / (double) DRAWS).isBetween(0.70, 0.80);
  }
}
