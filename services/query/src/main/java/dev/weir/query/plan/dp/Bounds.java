package dev.weir.query.plan.dp;

import dev.weir.privacy.noise.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Tail bounds of the discrete Gaussian: P(X ≥ m) ≤ P(N(0, σ²) ≥ m − 1) for whole m (Canonne,
 * Kamath, Steinke 2020), so that |X| ≤ ⌈z·σ⌉ holds at the normal distribution's confidence for z.
 */
public final class Bounds {
  /** Two-sided 95 %. */
  public static final double CONFIDENCE_95 = 1.959964;

  /** Two-sided 97.5 %: two of them hold together with 95 %. */
  public static final double CONFIDENCE_97_5 = 2.241403;

  private static final double MARGIN = 1.000000001;

  private Bounds() {}

  public static BigInteger halfWidth(Rational variance, double z) {
    double sigma = sigma(variance);
    return new BigDecimal(Math.ceil(z * sigma * MARGIN)).toBigInteger();
  }

  private static double sigma(Rational variance) {
    return Math.sqrt(toDouble(variance));
  }

  static double toDouble(Rational value) {
    return value.numerator().doubleValue() / value.denominator().doubleValue();
  }

  /**
   * The smallest threshold by this bound that groups which rest on one unit reach with probability
   * at most δ together.
   *
   * @param groups groups one unit can be in
   * @param rows rows one unit can have in each
   */
  static long threshold(Rational variance, long groups, long rows, double delta) {
    double sigma = sigma(variance);
    double tail = Math.sqrt(Math.max(0, 2 * Math.log(groups / (2 * delta))));
    return rows + 1 + (long) Math.ceil(sigma * tail * MARGIN);
  }
}
