package dev.weir.privacy.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.privacy.noise.Rational;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AccountTest {

  @Test
  void gaussianVariance_isExactAndCostsWhatWasAsked() {
    for (long nanoRho : new long[] {1, 3, 7, 10_000_000, 999_999_999}) {
      var variance = Zcdp.gaussianVariance(Rational.of(17, 1), nanoRho);
      assertThat(Zcdp.gaussianCost(Rational.of(17, 1), variance)).isEqualTo(nanoRho);
    }
  }

  @Test
  void pureCost_isHalfTheSquareRoundedUp() {
    assertThat(Zcdp.pureCost(Rational.of(1, 1))).isEqualTo(500_000_000);
    assertThat(Zcdp.pureCost(Rational.of(1, 100_000))).isEqualTo(1);
  }

  @Test
  void exponentialEpsilon_neverCostsMoreThanItMay() {
    for (long nanoRho : new long[] {1, 2, 5, 1_000, 123_456_789}) {
      assertThat(Zcdp.exponentialCost(Zcdp.exponentialEpsilon(nanoRho)))
          .isLessThanOrEqualTo(nanoRho);
    }
  }

  @Test
  void add_whenItOverflows_throws() {
    assertThatThrownBy(() -> Zcdp.add(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Zcdp.add(-1, 1)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void epsilon_isTighterThanTheClassicBoundAndMinimal() {
    double classic = 0.1 + 2 * Math.sqrt(0.1 * Math.log(1e6));
    double tight = EpsilonDelta.epsilon(100_000_000, 1e-6);
    double best = Double.MAX_VALUE;
    for (double alpha = 1.001; alpha < 200; alpha += 0.001) {
      best =
          Math.min(
              best,
              0.1 * alpha + Math.log(1 / (alpha * 1e-6)) / (alpha - 1) + Math.log1p(-1 / alpha));
    }
    assertThat(tight).isLessThan(classic).isCloseTo(best, within(1e-6));
    assertThat(EpsilonDelta.epsilon(0, 1e-6)).isZero();
  }

  @Test
  void tail_coversTheExactTail() {
    for (double sigma : new double[] {0.4, 1, 3.3, 20}) {
      double total = 0;
      for (int x = -2_000; x <= 2_000; x++) {
        total += Math.exp(-x * x / (2 * sigma * sigma));
      }
      for (int t = 0; t < 10 * sigma; t++) {
        double exact = 0;
        for (int x = t; x <= 2_000; x++) {
          exact += Math.exp(-x * x / (2 * sigma * sigma)) / total;
        }
        assertThat(GaussianError.tail(sigma, t))
            .as("σ=%s t=%s", sigma, t)
            .isGreaterThanOrEqualTo(exact);
      }
    }
  }

  @Test
  void halfWidth95_isCloseToTwoSigmaAndCovers() {
    var variance = Rational.of(10_000, 1);
    assertThat(GaussianError.halfWidth95(variance)).isBetween(196L, 205L);
    var gaussian = new DiscreteGaussian(variance, new SecureRandom());
    long inside = 0;
    for (int i = 0; i < 20_000; i++) {
      inside +=
          Math.abs(gaussian.sample().longValueExact()) <= GaussianError.halfWidth95(variance)
              ? 1
              : 0;
    }
    assertThat(inside).isGreaterThan(18_700); // fails once in 10^9 runs at 95 %
  }

  @Test
  void boundsOfAnySize_areThoseOfSmallNoise_andScaleWithIt() {
    var small = Rational.of(10_000, 1);
    assertThat(GaussianError.anyHalfWidth95(small).longValueExact())
        .isEqualTo(GaussianError.halfWidth95(small));
    var large = new Rational(BigInteger.ONE.shiftLeft(140), BigInteger.ONE); // sigma 2^70
    var half = GaussianError.anyHalfWidth95(large);
    var all = GaussianError.anySimultaneousBound(large, 10);
    assertThat(half.doubleValue() / Math.scalb(1.0, 70)).isBetween(1.96, 2.05);
    assertThat(all.doubleValue() / Math.scalb(1.0, 70)).isBetween(6.2, 6.8);
  }

  @Test
  void simultaneousBound_growsSlowlyWithTheNumberOfValues() {
    var variance = Rational.of(10_000, 1);
    assertThat(GaussianError.simultaneousBound(variance, 1)).isBetween(600L, 620L);
    assertThat(GaussianError.simultaneousBound(variance, 10_000)).isBetween(720L, 760L);
  }

  @Test
  void threshold_keepsItsDeltaAndIsTheSmallestThatDoes() {
    var variance = Rational.of(400, 1);
    long threshold = PrivateSelection.threshold(variance, 3, 2, 1_000_000);
    assertThat(PrivateSelection.picoDelta(variance, 3, 2, threshold))
        .isLessThanOrEqualTo(1_000_000);
    assertThat(PrivateSelection.picoDelta(variance, 3, 2, threshold - 1)).isGreaterThan(1_000_000);
    assertThat(threshold).isBetween(95L, 110L);
  }
}
