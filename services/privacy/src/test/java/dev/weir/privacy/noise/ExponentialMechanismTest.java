package dev.weir.privacy.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** χ² with a false alarm once in 10⁹ runs. */
class ExponentialMechanismTest {
  private static final int DRAWS = 100_000;
  private static final long[] UTILITIES = {-3, 0, -1, -7, 2, 2, -2};

  private final SecureRandom random = new SecureRandom();

  @Test
  void choose_followsTheExponentialOfTheUtilities() {
    assertThat(excess(Rational.of(3, 2), 1.5)).isNegative();
  }

  @Test
  void choose_withAnotherEpsilon_isCaught() {
    assertThat(excess(Rational.of(8, 5), 1.5)).isPositive();
  }

  @Test
  void quantile_withAmpleEpsilon_findsTheMedianGridPoint() {
    var median = new QuantileMechanism(1, 2, 1, Rational.of(1_000, 1), random);
    int chosen = median.choose(new long[] {0, 10, 49, 52, 90, 100}, 100);
    assertThat(chosen).isEqualTo(2);
  }

  private double excess(Rational epsilon, double claimed) {
    var mechanism = new ExponentialMechanism(epsilon, 2, random);
    var observed = new long[UTILITIES.length];
    for (int i = 0; i < DRAWS; i++) {
      observed[mechanism.choose(UTILITIES)]++;
    }
    var expected = new double[UTILITIES.length];
    double total = 0;
    for (int i = 0; i < UTILITIES.length; i++) {
      expected[i] = Math.exp(claimed * UTILITIES[i] / 4);
      total += expected[i];
    }
    for (int i = 0; i < UTILITIES.length; i++) {
      expected[i] *= DRAWS / total;
    }
    return ChiSquare.statistic(observed, expected) - ChiSquare.limit(UTILITIES.length - 1);
  }
}
