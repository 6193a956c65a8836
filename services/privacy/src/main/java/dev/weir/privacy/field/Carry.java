package dev.weir.privacy.field;

/** Carries and borrows of unsigned 64-bit words without a branch. */
final class Carry {
  private Carry() {}

  /** 1 when a + b, which wrapped to {@code sum}, exceeded 2⁶⁴ − 1; else 0. */
  static long of(long a, long b, long sum) {
    return ((a & b) | ((a | b) & ~sum)) >>> 63;
  }

  /** 1 when a − b, which wrapped to {@code difference}, was negative; else 0. */
  static long borrow(long a, long b, long difference) {
    return ((~a & b) | ((~a | b) & difference)) >>> 63;
  }

  /** 1 when {@code a} is not 0, else 0. */
  static long nonZero(long a) {
    return (a | -a) >>> 63;
  }
}
