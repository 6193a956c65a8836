package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;

/**
 * An integer in [0, max] as a vector of bits of which every choice decodes into that range: weights
 * 1, 2, 4 … and a last one that makes all of them sum to {@code max}. Immutable.
 */
final class BoundedInteger {
  private final Field field;
  private final int bits;
  private final long lastWeight;
  private final long[] weights; // multipliers, shape [bits]

  /**
   * @param max at least 1, and 2^bits below the modulus
   */
  BoundedInteger(Field field, long max) {
    this.field = field;
    this.bits = Limits.bits(max);
    if (bits >= field.modulus().bitLength()) {
      throw new IllegalArgumentException("the field is too small for its maximum");
    }
    this.lastWeight = max - rest();
    this.weights = field.zeros(bits);
    for (int i = 0; i < bits; i++) {
      field.set(i == bits - 1 ? lastWeight : 1L << i, weights, i);
      field.prepare(weights, i, weights, i);
    }
  }

  int bits() {
    return bits;
  }

  /** The largest number that the bits before the last one hold. */
  private long rest() {
    return (1L << (bits - 1)) - 1;
  }

  /** Writes {@code bits} elements; without a branch on the value, which is in [0, max]. */
  void encode(long value, long[] out, int at) {
    long last = (rest() - value) >>> 63;
    long low = value - (lastWeight & -last);
    for (int i = 0; i < bits - 1; i++) {
      field.set(low >>> i & 1, out, at + i);
    }
    field.set(last, out, at + bits - 1);
  }

  /** out[to] = the number that the bits at {@code from} stand for; linear. */
  void decode(long[] share, int from, long[] out, int to) {
    field.dot(out, to, weights, 0, 1, share, from, 1, bits);
  }
}
