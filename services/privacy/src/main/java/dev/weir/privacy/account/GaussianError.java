package dev.weir.privacy.account;

import dev.weir.privacy.noise.Rational;
import java.math.BigInteger;

/**
 * Data-independent error bounds of discrete Gaussian noise. All are integers in the unit of the
 * noised value and hold for the exact sampler; they are rounded up, never down.
 */
public final class GaussianError {
  /** How often a simultaneous bound may fail in a run of a demo or test. */
  public static final double SIMULTANEOUS_FAILURE = 1e-9;

  private static final double INTERVAL_FAILURE = 0.05;
  private static final int SEEN_BITS = 40;
  private static final double SAFETY = 1 + 1e-9; // covers the rounding of exp and sqrt

  private GaussianError() {}

  /** h such that |noise| ≤ h with probability at least 95 %. */
  public static long halfWidth95(Rational variance) {
    return bound(variance, INTERVAL_FAILURE);
  }

  /**
   * h such that all of {@code values} noises satisfy |noise| ≤ h, except with probability {@link
   * #SIMULTANEOUS_FAILURE} (union bound).
   *
   * @param values at least 1
   */
  public static long simultaneousBound(Rational variance, long values) {
    return bound(variance, SIMULTANEOUS_FAILURE / values);
  }

  /** As {@link #halfWidth95}, for noise of any size. */
  public static BigInteger anyHalfWidth95(Rational variance) {
    return anyBound(variance, INTERVAL_FAILURE);
  }

  /** As {@link #simultaneousBound}, for noise of any size. */
  public static BigInteger anySimultaneousBound(Rational variance, long values) {
    return anyBound(variance, SIMULTANEOUS_FAILURE / values);
  }

  /** In steps of a power of two, rounded up, where a unit would not be seen. */
  private static BigInteger anyBound(Rational variance, double failure) {
    int steps = Math.max(0, Math.getExponent(sigma(variance)) - SEEN_BITS);
    if (steps == 0) {
      return BigInteger.valueOf(bound(variance, failure));
    }
    var inSteps = new Rational(variance.numerator(), variance.denominator().shiftLeft(2 * steps));
    return BigInteger.valueOf(bound(inSteps, failure) + 1).shiftLeft(steps);
  }

  /**
   * Upper bound on P[X ≥ t]: the smaller of the sub-Gaussian bound and P[N(0, σ²) ≥ t − 1] by
   * Mills' ratio (CKS20 Corollary 9 and Proposition 25).
   *
   * @param t at least 0
   */
  static double tail(double sigma, long t) {
    if (t <= 0) {
      return 1;
    }
    double subGaussian = Math.exp(-0.5 * (t / sigma) * (t / sigma));
    double x = (t - 1) / sigma;
    double mills = t == 1 ? 0.5 : Math.min(0.5, upperNormal(x));
    return Math.min(subGaussian, mills) * SAFETY;
  }

  /** The smallest h ≥ 0 with 2·P[X ≥ h + 1] at most {@code failure} by {@link #tail}. */
  static long bound(Rational variance, double failure) {
    double sigma = sigma(variance);
    return smallest(h -> 2 * tail(sigma, h + 1) <= failure);
  }

  static double sigma(Rational variance) {
    return Math.sqrt(variance.numerator().doubleValue() / variance.denominator().doubleValue())
        * SAFETY;
  }

  /** The smallest h ≥ 0 that satisfies a condition which, once true, stays true. */
  static long smallest(java.util.function.LongPredicate holds) {
    long high = 1;
    while (!holds.test(high)) {
      high = Math.multiplyExact(high, 2L);
    }
    long low = 0;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** P[N(0,1) ≥ x] from above: Abramowitz and Stegun 7.1.13 with the upper constant. */
  private static double upperNormal(double x) {
    double z = x / Math.sqrt(2);
    double erfc = 2 / Math.sqrt(Math.PI) * Math.exp(-z * z) / (z + Math.sqrt(z * z + 4 / Math.PI));
    return erfc / 2;
  }
}
