package dev.weir.privacy.noise;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The discrete Gaussian over the integers, P[x] ∝ exp(−x²/(2σ²)), sampled exactly for any rational
 * σ² (CKS20 Algorithm 3, with ⌊σ⌋ as an integer square root). Added to an integer of sensitivity Δ
 * it satisfies Δ²/(2σ²)-zCDP (CKS20 Theorem 4). Confined to one thread.
 */
public final class DiscreteGaussian {
  private static final int SAFE_BITS = 31; // squares stay below 2^62

  private final Rational variance;
  private final BigInteger laplaceScale;
  private final DiscreteLaplace laplace;
  private final Bernoulli coin;

  /**
   * @param variance σ² of the parent Gaussian, greater than 0; not rounded in any way
   */
  public DiscreteGaussian(Rational variance, SecureRandom random) {
    this(variance, ByteUniformSource.of(random));
  }

  DiscreteGaussian(Rational variance, UniformSource uniform) {
    if (variance.isZero()) {
      throw new IllegalArgumentException("the variance is greater than zero");
    }
    this.variance = variance;
    this.laplaceScale = variance.floor().sqrt().add(BigInteger.ONE);
    this.laplace = new DiscreteLaplace(new Rational(laplaceScale, BigInteger.ONE), uniform);
    this.coin = new Bernoulli(uniform);
  }

  /** One draw; exact, of any size. */
  public BigInteger sample() {
    while (true) {
      var candidate = laplace.sample();
      if (accept(candidate.abs())) {
        return candidate;
      }
    }
  }

  /**
   * Coin with probability exp(−(|y| − σ²/t)²/(2σ²)); with σ² = n/d the exponent is (|y|dt − n)² /
   * (2ndt²).
   */
  private boolean accept(BigInteger magnitude) {
    var n = variance.numerator();
    var d = variance.denominator();
    var difference = magnitude.multiply(d).multiply(laplaceScale).subtract(n);
    var half = n.multiply(d).multiply(laplaceScale.pow(2));
    if (difference.bitLength() <= SAFE_BITS && half.bitLength() < 2 * SAFE_BITS - 1) {
      long square = difference.longValueExact() * difference.longValueExact();
      return coin.exp(square, 2 * half.longValueExact());
    }
    var reduced = new Rational(difference.pow(2), half.shiftLeft(1));
    return coin.exp(reduced.numerator(), reduced.denominator());
  }
}
