package dev.weir.he.query;

import java.math.BigInteger;

/** Signed numbers in balanced digits: half of the noise of unsigned ones. */
final class Limbs {
  private Limbs() {}

  /** Digit {@code index} of the value to base 2^bits, in [−2^(bits−1), 2^(bits−1)). */
  static long digit(long value, int index, int bits) {
    long half = 1L << (bits - 1);
    long rest = value;
    for (int i = 0; i < index; i++) {
      rest = (rest + half) >> bits;
    }
    return ((rest + half) & ((1L << bits) - 1)) - half;
  }

  /** The number with these digits, which may be sums of digits. */
  static BigInteger value(long[] digits, int bits) {
    var value = BigInteger.ZERO;
    for (int i = digits.length - 1; i >= 0; i--) {
      value = value.shiftLeft(bits).add(BigInteger.valueOf(digits[i]));
    }
    return value;
  }
}
