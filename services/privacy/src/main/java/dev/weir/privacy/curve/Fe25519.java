package dev.weir.privacy.curve;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The field of 2²⁵⁵ − 19 in five limbs of 51 bits. Limbs of an argument of {@link #mul} stay below
 * 2⁵² · 1.6, those of its result below 2⁵¹ + 2¹⁰. A product of two limbs is never built whole: its
 * part above 2⁵¹ comes from the high half of the shifted factors, and the sum of the parts below
 * follows from the sum of the low halves, exactly, because it fits a word. Constant-time: no
 * branch, no table.
 */
final class Fe25519 {
  static final int LIMBS = 5;

  private static final long MASK = (1L << 51) - 1;
  private static final int LIMB_BITS = 51;
  private static final int LEFT = 7; // with RIGHT 64 − 51 bits together
  private static final int RIGHT = 6;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Fe25519() {}

  /** Reads 32 bytes, little-endian, without the top bit. */
  static void decode(byte[] in, long[] z) {
    long w0 = (long) WORD.get(in, 0);
    long w1 = (long) WORD.get(in, 8);
    long w2 = (long) WORD.get(in, 16);
    long w3 = (long) WORD.get(in, 24);
    z[0] = w0 & MASK;
    z[1] = (w0 >>> 51 | w1 << 13) & MASK;
    z[2] = (w1 >>> 38 | w2 << 26) & MASK;
    z[3] = (w2 >>> 25 | w3 << 39) & MASK;
    z[4] = w3 >>> 12 & MASK;
  }

  /** The canonical 32 bytes. */
  static byte[] encode(long[] x) {
    var t = x.clone();
    carry(t);
    carry(t);
    // t is below 2^255 + small: add 19, and what goes over 2^255 says whether t ≥ p
    long q = (t[0] + 19) >>> LIMB_BITS;
    for (int i = 1; i < LIMBS; i++) {
      q = (t[i] + q) >>> LIMB_BITS;
    }
    t[0] += 19 * q;
    for (int i = 0; i < LIMBS - 1; i++) {
      t[i + 1] += t[i] >>> LIMB_BITS;
      t[i] &= MASK;
    }
    t[4] &= MASK;
    var out = new byte[32];
    WORD.set(out, 0, t[0] | t[1] << 51);
    WORD.set(out, 8, t[1] >>> 13 | t[2] << 38);
    WORD.set(out, 16, t[2] >>> 26 | t[3] << 25);
    WORD.set(out, 24, t[3] >>> 39 | t[4] << 12);
    return out;
  }

  /** Brings limbs below 2⁵⁷ below 2⁵¹ + 2¹⁰; the value stays the same modulo p. */
  static void carry(long[] t) {
    for (int i = 0; i < LIMBS - 1; i++) {
      t[i + 1] += t[i] >>> LIMB_BITS;
      t[i] &= MASK;
    }
    t[0] += 19 * (t[4] >>> LIMB_BITS);
    t[4] &= MASK;
  }

  static void add(long[] z, long[] x, long[] y) {
    for (int i = 0; i < LIMBS; i++) {
      z[i] = x[i] + y[i];
    }
  }

  /** z = x − y, as x + 2p − y so that no limb is negative; limbs of y below 2⁵² − 38. */
  static void sub(long[] z, long[] x, long[] y) {
    z[0] = x[0] + 0xfffffffffffdaL - y[0];
    for (int i = 1; i < LIMBS; i++) {
      z[i] = x[i] + 0xffffffffffffeL - y[i];
    }
  }

  /** Exchanges x and y where {@code bit} is 1, touching the same memory where it is 0. */
  static void swap(long bit, long[] x, long[] y) {
    long mask = -bit;
    for (int i = 0; i < LIMBS; i++) {
      long difference = mask & (x[i] ^ y[i]);
      x[i] ^= difference;
      y[i] ^= difference;
    }
  }

  /** z = x · y; z may be x or y. */
  static void mul(long[] z, long[] x, long[] y) {
    long a0 = x[0];
    long a1 = x[1];
    long a2 = x[2];
    long a3 = x[3];
    long a4 = x[4];
    long b0 = y[0];
    long b1 = y[1];
    long b2 = y[2];
    long b3 = y[3];
    long b4 = y[4];
    long c1 = 19 * b1;
    long c2 = 19 * b2;
    long c3 = 19 * b3;
    long c4 = 19 * b4;
    long l0 = a0 * b0 + a1 * c4 + a2 * c3 + a3 * c2 + a4 * c1;
    long l1 = a0 * b1 + a1 * b0 + a2 * c4 + a3 * c3 + a4 * c2;
    long l2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * c4 + a4 * c3;
    long l3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * c4;
    long l4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
    a0 <<= LEFT;
    a1 <<= LEFT;
    a2 <<= LEFT;
    a3 <<= LEFT;
    a4 <<= LEFT;
    b0 <<= RIGHT;
    b1 <<= RIGHT;
    b2 <<= RIGHT;
    b3 <<= RIGHT;
    b4 <<= RIGHT;
    c1 <<= RIGHT;
    c2 <<= RIGHT;
    c3 <<= RIGHT;
    c4 <<= RIGHT;
    long h0 = high(a0, b0) + high(a1, c4) + high(a2, c3) + high(a3, c2) + high(a4, c1);
    long h1 = high(a0, b1) + high(a1, b0) + high(a2, c4) + high(a3, c3) + high(a4, c2);
    long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, c4) + high(a4, c3);
    long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, c4);
    long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
    store(z, l0, l1, l2, l3, l4, h0, h1, h2, h3, h4);
  }

  /** z = x²; z may be x. */
  static void square(long[] z, long[] x) {
    long a0 = x[0];
    long a1 = x[1];
    long a2 = x[2];
    long a3 = x[3];
    long a4 = x[4];
    long d0 = 2 * a0;
    long d1 = 2 * a1;
    long d2 = 2 * a2;
    long c3 = 19 * a3;
    long c4 = 19 * a4;
    long e3 = 2 * a3;
    long l0 = a0 * a0 + d1 * c4 + d2 * c3;
    long l1 = d0 * a1 + d2 * c4 + a3 * c3;
    long l2 = d0 * a2 + a1 * a1 + e3 * c4;
    long l3 = d0 * a3 + d1 * a2 + a4 * c4;
    long l4 = d0 * a4 + d1 * a3 + a2 * a2;
    a0 <<= RIGHT;
    a1 <<= RIGHT;
    a2 <<= RIGHT;
    a3 <<= RIGHT;
    a4 <<= RIGHT;
    c3 <<= RIGHT;
    c4 <<= RIGHT;
    d0 <<= LEFT;
    d1 <<= LEFT;
    d2 <<= LEFT;
    e3 <<= LEFT;
    long h0 = high(a0 << 1, a0) + high(d1, c4) + high(d2, c3);
    long h1 = high(d0, a1) + high(d2, c4) + high(a3 << 1, c3);
    long h2 = high(d0, a2) + high(a1 << 1, a1) + high(e3, c4);
    long h3 = high(d0, a3) + high(d1, a2) + high(a4 << 1, c4);
    long h4 = high(d0, a4) + high(d1, a3) + high(a2 << 1, a2);
    store(z, l0, l1, l2, l3, l4, h0, h1, h2, h3, h4);
  }

  /** z = 121665 · x. */
  static void mulSmall(long[] z, long[] x) {
    final long factor = 121_665;
    long carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      long low = x[i] * factor;
      z[i] = (low & MASK) + carry;
      carry = (Math.multiplyHigh(x[i], factor) << 13) | (low >>> LIMB_BITS);
    }
    z[0] += 19 * carry;
  }

  /** z = 1 / x, or 0 for 0: x^(2²⁵⁵ − 21). */
  static void invert(long[] z, long[] x) {
    var tower = new long[LIMBS];
    var eleven = new long[LIMBS];
    tower(tower, eleven, x);
    squareTimes(tower, tower, 5);
    mul(z, tower, eleven);
  }

  /** z = x^((p − 5) / 8) = x^(2²⁵² − 3), from which square roots follow. */
  static void rootPower(long[] z, long[] x) {
    var tower = new long[LIMBS];
    tower(tower, new long[LIMBS], x);
    squareTimes(tower, tower, 2);
    mul(z, tower, x);
  }

  /** z = x^(2²⁵⁰ − 1) and eleven = x¹¹. */
  private static void tower(long[] z, long[] eleven, long[] x) {
    var t1 = new long[LIMBS];
    var t2 = new long[LIMBS];
    var t3 = new long[LIMBS];
    square(eleven, x); // 2
    squareTimes(t1, eleven, 2); // 8
    mul(t1, t1, x); // 9
    mul(eleven, eleven, t1); // 11
    square(t2, eleven); // 22
    mul(t1, t1, t2); // 2^5 − 1
    squareTimes(t2, t1, 5);
    mul(t1, t2, t1); // 2^10 − 1
    squareTimes(t2, t1, 10);
    mul(t2, t2, t1); // 2^20 − 1
    squareTimes(t3, t2, 20);
    mul(t2, t3, t2); // 2^40 − 1
    squareTimes(t2, t2, 10);
    mul(t1, t2, t1); // 2^50 − 1
    squareTimes(t2, t1, 50);
    mul(t2, t2, t1); // 2^100 − 1
    squareTimes(t3, t2, 100);
    mul(t2, t3, t2); // 2^200 − 1
    squareTimes(t2, t2, 50);
    mul(z, t2, t1); // 2^250 − 1
  }

  private static void squareTimes(long[] z, long[] x, int times) {
    square(z, x);
    for (int i = 1; i < times; i++) {
      square(z, z);
    }
  }

  private static long high(long shifted, long alsoShifted) {
    return Math.multiplyHigh(shifted, alsoShifted);
  }

  /**
   * Column i is worth lᵢ mod 2⁶⁴ as a sum of low halves; hᵢ of it goes to column i + 1, the rest,
   * which is below 5·2⁵¹, stays.
   */
  private static void store(
      long[] z,
      long l0,
      long l1,
      long l2,
      long l3,
      long l4,
      long h0,
      long h1,
      long h2,
      long h3,
      long h4) {
    long r0 = l0 - (h0 << LIMB_BITS) + 19 * h4;
    long r1 = l1 - (h1 << LIMB_BITS) + h0;
    long r2 = l2 - (h2 << LIMB_BITS) + h1;
    long r3 = l3 - (h3 << LIMB_BITS) + h2;
    long r4 = l4 - (h4 << LIMB_BITS) + h3;
    r1 += r0 >>> LIMB_BITS;
    r2 += r1 >>> LIMB_BITS;
    r3 += r2 >>> LIMB_BITS;
    r4 += r3 >>> LIMB_BITS;
    long first = (r0 & MASK) + 19 * (r4 >>> LIMB_BITS);
    z[0] = first & MASK;
    z[1] = (r1 & MASK) + (first >>> LIMB_BITS);
    z[2] = r2 & MASK;
    z[3] = r3 & MASK;
    z[4] = r4 & MASK;
  }
}
