package dev.weir.privacy.noise;

import java.math.BigInteger;

/**
 * Exact coins: Bernoulli(n/d) and Bernoulli(exp(−n/d)), CKS20 Algorithm 1. Each has a path over
 * {@code long} that is taken where nothing can overflow and draws exactly like the other. Confined
 * to one thread.
 */
final class Bernoulli {
  private static final BigInteger LONG_LIMIT = BigInteger.ONE.shiftLeft(62);

  private final UniformSource uniform;

  Bernoulli(UniformSource uniform) {
    this.uniform = uniform;
  }

  /** True with probability {@code numerator / denominator}, which is in [0, 1]. */
  boolean ratio(long numerator, long denominator) {
    long divisor = gcd(numerator, denominator);
    return uniform.below(denominator / divisor) < numerator / divisor;
  }

  /** True with probability {@code numerator / denominator}, which is in [0, 1]. */
  boolean ratio(BigInteger numerator, BigInteger denominator) {
    var divisor = numerator.gcd(denominator);
    return uniform.below(denominator.divide(divisor)).compareTo(numerator.divide(divisor)) < 0;
  }

  /** True with probability exp(−numerator/denominator). */
  boolean exp(long numerator, long denominator) {
    for (long whole = numerator / denominator; whole > 0; whole--) {
      if (!expUnit(1, 1)) {
        return false;
      }
    }
    return expUnit(numerator % denominator, denominator);
  }

  /** True with probability exp(−numerator/denominator). */
  boolean exp(BigInteger numerator, BigInteger denominator) {
    if (numerator.compareTo(LONG_LIMIT) < 0 && denominator.compareTo(LONG_LIMIT) < 0) {
      return exp(numerator.longValueExact(), denominator.longValueExact());
    }
    var parts = numerator.divideAndRemainder(denominator);
    for (var whole = parts[0]; whole.signum() > 0; whole = whole.subtract(BigInteger.ONE)) {
      if (!expUnit(1, 1)) {
        return false;
      }
    }
    return expUnitBig(parts[1], denominator, 1);
  }

  /** True with probability exp(−numerator/denominator), the ratio in [0, 1]. */
  boolean expUnit(long numerator, long denominator) {
    long divisor = gcd(numerator, denominator);
    long n = numerator / divisor;
    long d = denominator / divisor;
    for (long k = 1; ; k++) {
      if (Math.multiplyHigh(d, k) != 0 || d * k < 0) {
        return expUnitBig(BigInteger.valueOf(n), BigInteger.valueOf(d), k);
      }
      if (!ratio(n, d * k)) {
        return k % 2 == 1;
      }
    }
  }

  /** Continues {@link #expUnit} at round {@code k}. */
  boolean expUnitBig(BigInteger numerator, BigInteger denominator, long k) {
    for (long round = k; ; round++) {
      if (!ratio(numerator, denominator.multiply(BigInteger.valueOf(round)))) {
        return round % 2 == 1;
      }
    }
  }

  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
