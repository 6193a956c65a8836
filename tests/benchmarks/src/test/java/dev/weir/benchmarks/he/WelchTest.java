package dev.weir.benchmarks.he;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WelchTest {
  private final Random random = new Random(5);

  @Test
  void t_isTheOneOfTheFormula() {
    // means 2.5 and 5, variances 5/3 and 20/3, four times each; the largest of all is cut off
    double[] first = {1, 2, 3, 4};
    double[] second = {2, 4, 6, 8, 100};
    assertThat(Welch.t(first, second)).isCloseTo(2.5 / Math.sqrt(25 / 12.0), within(1e-12));
  }

  @Test
  void t_ofTheSameWork_isSmall_andOfWorkThatTakesAHundredthLonger_isNot() {
    assertThat(Welch.t(times(1), times(1))).isLessThan(4.5);
    assertThat(Welch.t(times(1), times(1.01))).isGreaterThan(4.5);
  }

  /** With an outlier now and then, as an interrupt makes it. */
  private double[] times(double mean) {
    return random
        .doubles(10_000, 0.9, 1.1)
        .map(one -> mean * one + (random.nextInt(500) == 0 ? 50 : 0))
        .toArray();
  }
}
