package dev.weir.privacy.noise;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * The discrete Laplace distribution over the integers, P[x] ∝ exp(−|x|/scale); CKS20 Algorithm 2.
 * Added to an integer of sensitivity Δ with scale Δ/ε it is ε-differentially private. Confined to
 * one thread.
 */
public final class DiscreteLaplace {
  private final Rational scale;
  private final Bernoulli coin;
  private final UniformSource uniform;

  /**
   * @param scale greater than 0
   */
  public DiscreteLaplace(Rational scale, SecureRandom random) {
    this(scale, ByteUniformSource.of(random));
  }

  DiscreteLaplace(Rational scale, UniformSource uniform) {
    if (scale.isZero()) {
      throw new IllegalArgumentException("the scale is greater than zero");
    }
    this.scale = scale;
    this.uniform = uniform;
    this.coin = new Bernoulli(uniform);
  }

  /** One draw; exact, of any size. */
  public BigInteger sample() {
    while (true) {
      boolean negative = coin.ratio(1, 2);
      var magnitude = geometric();
      if (!negative) {
        return magnitude;
      }
      if (magnitude.signum() != 0) {
        return magnitude.negate();
      }
    }
  }

  /** Geometric with success probability 1 − exp(−1/scale). */
  private BigInteger geometric() {
    var t = scale.numerator();
    var u = uniform.below(t);
    while (!expUnit(u, t)) {
      u = uniform.below(t);
    }
    long v = 0;
    while (coin.expUnit(1, 1)) {
      v++;
    }
    return u.add(t.multiply(BigInteger.valueOf(v))).divide(scale.denominator());
  }

  private boolean expUnit(BigInteger u, BigInteger t) {
    return t.bitLength() < Long.SIZE - 1
        ? coin.expUnit(u.longValueExact(), t.longValueExact())
        : coin.expUnitBig(u, t, 1);
  }
}
