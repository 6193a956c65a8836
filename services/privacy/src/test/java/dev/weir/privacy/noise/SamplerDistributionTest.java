package dev.weir.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * χ² tests against the exact probabilities; each raises a false alarm once in 10⁹ runs. The wrong
 * samplers are what the test must catch.
 */
class SamplerDistributionTest {
  private static final int DRAWS = 100_000;
  private static final int REACH = 400;

  private final SecureRandom random = new SecureRandom();

  @Test
  void gaussian_ofSmallVariance_fitsItsProbabilities() {
    var gaussian = new DiscreteGaussian(Rational.of(7, 10), random);
    assertThat(excess(gaussian::sample, x -> Math.exp(-x * x / 1.4))).isNegative();
  }

  @Test
  void gaussian_ofRationalVariance_fitsItsProbabilities() {
    var gaussian = new DiscreteGaussian(Rational.of(1_000, 39), random);
    assertThat(excess(gaussian::sample, x -> Math.exp(-x * x * 39 / 2_000))).isNegative();
  }

  @Test
  void gaussian_whereOnlyBigIntegersFit_fitsItsProbabilities() {
    var third =
        new Rational(
            BigInteger.TEN.pow(30), BigInteger.valueOf(3).multiply(BigInteger.TEN.pow(28)));
    var nudged = third.plus(new Rational(BigInteger.ONE, BigInteger.TEN.pow(40)));
    var gaussian = new DiscreteGaussian(nudged, random);
    assertThat(excess(gaussian::sample, x -> Math.exp(-x * x * 3 / 200))).isNegative();
  }

  @Test
  void laplace_ofRationalScale_fitsItsProbabilities() {
    var laplace = new DiscreteLaplace(Rational.of(5, 3), random);
    assertThat(excess(laplace::sample, x -> Math.exp(-Math.abs(x) * 3 / 5))).isNegative();
  }

  @Test
  void gaussian_whenTheVarianceIsTenPercentOff_isCaught() {
    var wrong = new DiscreteGaussian(Rational.of(1_100, 39), random);
    assertThat(excess(wrong::sample, x -> Math.exp(-x * x * 39 / 2_000))).isPositive();
  }

  @Test
  void roundedContinuousGaussian_isCaught() {
    var seeded = new Random(42);
    Supplier<BigInteger> wrong =
        () -> BigInteger.valueOf(Math.round(seeded.nextGaussian() * Math.sqrt(0.7)));
    assertThat(excess(wrong, x -> Math.exp(-x * x / 1.4))).isPositive();
  }

  @Test
  void laplace_thatCountsZeroTwice_isCaught() {
    var laplace = new DiscreteLaplace(Rational.of(5, 3), random);
    var seeded = new Random(7);
    // A sign drawn beside a magnitude, with minus zero kept, makes zero twice as likely.
    Supplier<BigInteger> doubled =
        () -> {
          BigInteger draw = laplace.sample();
          while (draw.signum() != 0 && seeded.nextBoolean()) {
            draw = laplace.sample();
          }
          return draw;
        };
    assertThat(excess(doubled, x -> Math.exp(-Math.abs(x) * 3 / 5))).isPositive();
  }

  /** How far the statistic is above its limit; negative when the draws fit. */
  private static double excess(Supplier<BigInteger> sampler, DoubleUnaryOperator weight) {
    double total = 0;
    for (int x = -REACH; x <= REACH; x++) {
      total += weight.applyAsDouble(x);
    }
    int edge = 0;
    while (weight.applyAsDouble(edge + 1) / total * DRAWS >= 20) {
      edge++;
    }
    var expected = new double[2 * edge + 1];
    for (int x = -REACH; x <= REACH; x++) {
      expected[Math.clamp(x, -edge, edge) + edge] += weight.applyAsDouble(x) / total * DRAWS;
    }
    var observed = new long[2 * edge + 1];
    for (int i = 0; i < DRAWS; i++) {
      observed[Math.clamp(sampler.get().intValueExact(), -edge, edge) + edge]++;
    }
    return ChiSquare.statistic(observed, expected) - ChiSquare.limit(2 * edge);
  }
}
