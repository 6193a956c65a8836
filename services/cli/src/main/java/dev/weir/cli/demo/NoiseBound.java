package dev.weir.cli.demo;

import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.account.Zcdp;
import dev.weir.privacy.noise.Rational;

/**
 * How far a noised value may be from the truth in a whole run: with all values together outside
 * with probability at most 10⁻⁹. Computed from budget and declarations alone, never from an answer.
 *
 * @param nanoRho what one statistic may spend
 * @param magnitude the most one record adds to it, in granules
 * @param rows records of one protected unit that count
 */
record NoiseBound(long nanoRho, long magnitude, int rows) {
  /** Every noised number of a run is one of at most so many; the union bound is over these. */
  static final long VALUES_PER_RUN = 8_192;

  private static final double RHO = 1e9;

  /** In granules. */
  long gaussian() {
    var sensitivity = Rational.of(Math.multiplyExact(magnitude, (long) rows), 1);
    return GaussianError.simultaneousBound(
        Zcdp.gaussianVariance(sensitivity, nanoRho), VALUES_PER_RUN);
  }

  /**
   * How many records the rank of a quantile may be off: the exponential mechanism picks a point
   * whose scaled rank distance is more than 2Δ(ln points + ln 1/β)/ε from the best one with
   * probability at most β.
   *
   * @param points of the declared grid
   * @param numerator of the fraction in lowest decimal digits, such as 5 of 5/10
   */
  double rank(int points, long numerator, long denominator) {
    double epsilon = Math.sqrt(8 * nanoRho / RHO) * (1 - 1e-6);
    double sensitivity = (double) Math.max(numerator, denominator - numerator) * rows;
    double beta = GaussianError.SIMULTANEOUS_FAILURE / VALUES_PER_RUN;
    double scaled = 2 * sensitivity * (Math.log(points) - Math.log(beta)) / epsilon;
    // One record of slack for the best grid point itself.
    return scaled / denominator + 1;
  }
}
