package dev.weir.query.plan.check;

import java.math.BigInteger;
import java.util.Random;

/**
 * Arithmetic modulo a prime of 50 bits. A subspace over the rationals keeps its dimension modulo
 * every prime but a few; the prime is drawn for each check, so nobody can choose cohorts that meet
 * one of the few. Immutable.
 */
final class PrimeField {
  private static final int BITS = 50;

  private final long prime;

  private PrimeField(long prime) {
    this.prime = prime;
  }

  static PrimeField draw(Random random) {
    return new PrimeField(BigInteger.probablePrime(BITS, random).longValueExact());
  }

  /** Of two elements; the quotient is off by less than two, since both are below 2^50. */
  long times(long a, long b) {
    long quotient = (long) ((double) a * b / prime);
    long rest = (a * b - quotient * prime) % prime;
    return rest < 0 ? rest + prime : rest;
  }

  long minus(long a, long b) {
    long rest = a - b;
    return rest < 0 ? rest + prime : rest;
  }

  /**
   * @param a not zero
   */
  long inverse(long a) {
    return BigInteger.valueOf(a).modInverse(BigInteger.valueOf(prime)).longValueExact();
  }
}
