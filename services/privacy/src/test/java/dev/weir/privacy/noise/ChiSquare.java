package dev.weir.privacy.noise;

/** Pearson's goodness of fit, for tests. */
final class ChiSquare {
  private ChiSquare() {}

  /**
   * @param observed counts per cell
   * @param expected counts per cell, each at least 5
   */
  static double statistic(long[] observed, double[] expected) {
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      double difference = observed[i] - expected[i];
      sum += difference * difference / expected[i];
    }
    return sum;
  }

  /** Wilson and Hilferty's quantile at a false-alarm rate of 10⁻⁹ (one-sided normal 5.998). */
  static double limit(int degrees) {
    double c = 2.0 / (9.0 * degrees);
    double root = 1 - c + 5.998 * Math.sqrt(c);
    return degrees * root * root * root;
  }
}
