package dev.weir.privacy.noise;

import java.math.BigInteger;

/**
 * A non-negative rational number in lowest terms. Immutable.
 *
 * @param numerator at least 0
 * @param denominator at least 1, coprime to the numerator
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  public static final Rational ZERO = of(0, 1);
  public static final Rational ONE = of(1, 1);

  public Rational {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("a rational here is not negative");
    }
    var divisor = numerator.gcd(denominator);
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /**
   * @throws ArithmeticException when {@code other} is zero
   */
  public Rational dividedBy(Rational other) {
    if (other.isZero()) {
      throw new ArithmeticException("division by zero");
    }
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public boolean isZero() {
    return numerator.signum() == 0;
  }

  public BigInteger floor() {
    return numerator.divide(denominator);
  }

  public BigInteger ceil() {
    return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
