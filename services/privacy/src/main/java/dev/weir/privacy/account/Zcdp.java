package dev.weir.privacy.account;

import dev.weir.privacy.noise.Rational;
import java.math.BigInteger;

/**
 * ρ-zCDP in nanoRho (Bun and Steinke 2016; CKS20). Composition adds; overflow is an {@link
 * ArithmeticException}, never a wrap-around.
 */
public final class Zcdp {
  /** nanoRho in one unit of ρ. */
  public static final long NANO = 1_000_000_000L;

  private static final Rational NANO_RATIO = Rational.of(NANO, 1);

  private Zcdp() {}

  /** Sequential composition, exact. */
  public static long add(long leftNanoRho, long rightNanoRho) {
    if (leftNanoRho < 0 || rightNanoRho < 0) {
      throw new ArithmeticException("a privacy loss is not negative");
    }
    return Math.addExact(leftNanoRho, rightNanoRho);
  }

  /**
   * σ² = Δ²/(2ρ), exactly, for a Gaussian mechanism that may spend {@code nanoRho}.
   *
   * @param sensitivity Δ₂ of the integer-valued query, greater than 0
   * @param nanoRho greater than 0
   */
  public static Rational gaussianVariance(Rational sensitivity, long nanoRho) {
    return gaussianVarianceOfSquare(sensitivity.times(sensitivity), nanoRho);
  }

  /**
   * σ² = Δ²/(2ρ) where only the square of the sensitivity is rational, as for a histogram.
   *
   * @param squaredSensitivity Δ₂², greater than 0
   * @param nanoRho greater than 0
   */
  public static Rational gaussianVarianceOfSquare(Rational squaredSensitivity, long nanoRho) {
    if (nanoRho <= 0) {
      throw new IllegalArgumentException("a Gaussian mechanism spends something");
    }
    return squaredSensitivity
        .times(NANO_RATIO)
        .dividedBy(new Rational(BigInteger.valueOf(nanoRho).shiftLeft(1), BigInteger.ONE));
  }

  /** What Gaussian noise of the given variance costs: Δ²/(2σ²), rounded up (CKS20 Theorem 4). */
  public static long gaussianCost(Rational sensitivity, Rational variance) {
    return gaussianCostOfSquare(sensitivity.times(sensitivity), variance);
  }

  /** What Gaussian noise costs where only the square of the sensitivity is rational. */
  public static long gaussianCostOfSquare(Rational squaredSensitivity, Rational variance) {
    return roundUp(squaredSensitivity.dividedBy(variance.times(Rational.of(2, 1))));
  }

  /** What a pure ε-DP mechanism costs: ε²/2, rounded up (Bun and Steinke 2016, Proposition 1.4). */
  public static long pureCost(Rational epsilon) {
    return roundUp(epsilon.times(epsilon).dividedBy(Rational.of(2, 1)));
  }

  /**
   * What an ε-DP exponential mechanism costs: ε²/8, rounded up (bounded range; Cesar and Rogers
   * 2021, Lemma 3.2).
   */
  public static long exponentialCost(Rational epsilon) {
    return roundUp(epsilon.times(epsilon).dividedBy(Rational.of(8, 1)));
  }

  /**
   * The largest ε = a/1,000,000 for which the exponential mechanism costs at most {@code nanoRho}.
   */
  public static Rational exponentialEpsilon(long nanoRho) {
    // eps^2/8 <= nanoRho/1e9  <=>  (eps*1e6)^2 <= 8000*nanoRho
    var micro = BigInteger.valueOf(nanoRho).multiply(BigInteger.valueOf(8_000)).sqrt();
    return new Rational(micro, BigInteger.valueOf(1_000_000));
  }

  private static long roundUp(Rational rho) {
    return rho.times(NANO_RATIO).ceil().longValueExact();
  }
}
