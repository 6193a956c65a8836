package dev.weir.query.plan.answer;

import java.math.BigInteger;

/** A non-negative fraction in lowest terms. Immutable. */
public record Rational(BigInteger numerator, BigInteger denominator) {
  public Rational {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("a rational here is not negative");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  public double toDouble() {
    return numerator.doubleValue() / denominator.doubleValue();
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
