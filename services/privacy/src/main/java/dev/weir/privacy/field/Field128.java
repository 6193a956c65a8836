package dev.weir.privacy.field;

import dev.weir.privacy.xof.XofTurboShake128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Field128 of VDAF: p = 2¹²⁸ − 7·2⁶⁶ + 1. Multipliers are Montgomery forms for R = 2¹²⁸; the low
 * word of p is 1 and −1/p ≡ −1 mod 2⁶⁴, so that a reduction step multiplies by the negated low
 * word.
 */
public final class Field128 implements Field {
  private static final int LOG_GEN_ORDER = 66;
  private static final long PH = 0xffffffffffffffe4L; // high word of p; the low word is 1
  private static final long LOW = 0xffffffffL;
  private static final BigInteger MODULUS =
      BigInteger.ONE
          .shiftLeft(128)
          .subtract(BigInteger.valueOf(7).shiftLeft(66))
          .add(BigInteger.ONE);
  private static final long[] R_SQUARED = {0xfffffffffffffcf1L, 0x5587L};
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The field; after the tables that it is built from. */
  public static final Field128 INSTANCE = new Field128();

  private final long[] roots = new long[2 * (LOG_GEN_ORDER + 1)];

  private Field128() {
    set(new BigInteger("6d278fbf4f60228b1f9b2759c5109f06", 16), roots, LOG_GEN_ORDER);
    prepare(roots, LOG_GEN_ORDER, roots, LOG_GEN_ORDER);
    for (int log = LOG_GEN_ORDER; log > 0; log--) {
      mul(roots, log - 1, roots, log, roots, log);
    }
  }

  @Override
  public int words() {
    return 2;
  }

  @Override
  public int encodedBytes() {
    return 2 * Long.BYTES;
  }

  @Override
  public BigInteger modulus() {
    return MODULUS;
  }

  @Override
  public int logGenOrder() {
    return LOG_GEN_ORDER;
  }

  /** Stores low + high·2⁶⁴ + top·2¹²⁸, which is below 2p, minus p where it is not below p. */
  private static void storeReduced(long[] z, int at, long low, long high, long top) {
    long complement = 27 + Carry.nonZero(low); // 2^64 − PH, less the borrow of low − 1
    long high1 = high + complement;
    long take = -(Carry.of(high, complement, high1) | top); // all ones unless below p
    z[at] = low + take; // minus 1
    z[at + 1] = high ^ ((high ^ high1) & take);
  }

  @Override
  public void add(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    add(z, 2 * zi, x[2 * xi], x[2 * xi + 1], y[2 * yi], y[2 * yi + 1]);
  }

  private static void add(long[] z, int at, long a0, long a1, long b0, long b1) {
    long low = a0 + b0;
    long a1c = a1 + Carry.of(a0, b0, low); // no carry, since a1 is at most PH
    long high = a1c + b1;
    storeReduced(z, at, low, high, Carry.of(a1c, b1, high));
  }

  @Override
  public void sub(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    sub(z, 2 * zi, x[2 * xi], x[2 * xi + 1], y[2 * yi], y[2 * yi + 1]);
  }

  private static void sub(long[] z, int at, long a0, long a1, long b0, long b1) {
    long low = a0 - b0;
    long b1c = b1 + Carry.borrow(a0, b0, low); // no carry, since b1 is at most PH
    long high = a1 - b1c;
    long negative = Carry.borrow(a1, b1c, high);
    long low1 = low + negative;
    z[at] = low1;
    z[at + 1] = high + (PH & -negative) + Carry.of(low, negative, low1);
  }

  @Override
  public void mul(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    mul(z, 2 * zi, x[2 * xi], x[2 * xi + 1], y[2 * yi], y[2 * yi + 1]);
  }

  private static void mul(long[] z, int at, long a0, long a1, long b0, long b1) {
    long t0 = a0 * b0;
    long h00 = Math.unsignedMultiplyHigh(a0, b0);
    long l01 = a0 * b1;
    long l10 = a1 * b0;
    long s = h00 + l01;
    long t1 = s + l10;
    long carry1 = Carry.of(h00, l01, s) + Carry.of(s, l10, t1);
    long h01 = Math.unsignedMultiplyHigh(a0, b1) + carry1; // no carry: b1 is at most PH
    long h10 = Math.unsignedMultiplyHigh(a1, b0);
    long l11 = a1 * b1;
    long u = h01 + h10;
    long t2 = u + l11;
    long t3 = Math.unsignedMultiplyHigh(a1, b1) + Carry.of(h01, h10, u) + Carry.of(u, l11, t2);
    montgomery(z, at, t0, t1, t2, t3);
  }

  /**
   * Stores t / R mod p. Each of two steps adds m·p, m being the negated lowest word: that word
   * becomes 0 and carries unless it was 0. m·PH has a low word that is a multiple of 4 and a high
   * word below 2⁶⁴ − 29, so that both take a carry in without giving one out.
   */
  private static void montgomery(long[] z, int at, long t0, long t1, long t2, long t3) {
    long m = -t0;
    long lower = (m * PH) | Carry.nonZero(t0);
    long u1 = t1 + lower;
    long upper = Math.unsignedMultiplyHigh(m, PH) + Carry.of(t1, lower, u1);
    long u2 = t2 + upper;
    long carry = Carry.of(t2, upper, u2);
    long u3 = t3 + carry;
    long over = Carry.of(t3, carry, u3);
    m = -u1;
    lower = (m * PH) | Carry.nonZero(u1);
    long v2 = u2 + lower;
    upper = Math.unsignedMultiplyHigh(m, PH) + Carry.of(u2, lower, v2);
    long v3 = u3 + upper;
    storeReduced(z, at, v2, v3, over + Carry.of(u3, upper, v3));
  }

  /**
   * Adds top·R = top·(28·2⁶⁴ − 1) mod p, {@code top} below 2³², to any number below 2¹²⁸; what was
   * not canonical, as the Montgomery form of a sum close to 2²⁵⁶ may be, is so afterwards.
   */
  private static void addTop(long[] z, int at, long top) {
    long low = z[at] - top;
    long carry = Carry.nonZero(top) - Carry.borrow(z[at], top, low);
    long addend = 28 * top - Carry.nonZero(top) + carry;
    long high = z[at + 1] + addend;
    storeReduced(z, at, low, high, Carry.of(z[at + 1], addend, high));
  }

  @Override
  public void prepare(long[] z, int zi, long[] x, int xi) {
    mul(z, zi, x, xi, R_SQUARED, 0);
  }

  @Override
  public void restore(long[] z, int zi, long[] x, int xi) {
    mul(z, zi, x, xi, R_SQUARED, 0);
  }

  @Override
  public void dot(
      long[] z, int zi, long[] x, int xi, int xStep, long[] y, int yi, int yStep, int count) {
    long c0 = 0;
    long c1 = 0;
    long c2 = 0;
    long c3 = 0;
    long c4 = 0;
    long c5 = 0;
    long c6 = 0;
    long c7 = 0;
    for (int i = 0, xAt = 2 * xi, yAt = 2 * yi;
        i < count;
        i++, xAt += 2 * xStep, yAt += 2 * yStep) {
      long a0 = x[xAt];
      long a1 = x[xAt + 1];
      long b0 = y[yAt];
      long b1 = y[yAt + 1];
      long l00 = a0 * b0;
      long h00 = Math.unsignedMultiplyHigh(a0, b0);
      long l01 = a0 * b1;
      long h01 = Math.unsignedMultiplyHigh(a0, b1);
      long l10 = a1 * b0;
      long h10 = Math.unsignedMultiplyHigh(a1, b0);
      long l11 = a1 * b1;
      long h11 = Math.unsignedMultiplyHigh(a1, b1);
      c0 += l00 & LOW;
      c1 += l00 >>> 32;
      c2 += (h00 & LOW) + (l01 & LOW) + (l10 & LOW);
      c3 += (h00 >>> 32) + (l01 >>> 32) + (l10 >>> 32);
      c4 += (h01 & LOW) + (h10 & LOW) + (l11 & LOW);
      c5 += (h01 >>> 32) + (h10 >>> 32) + (l11 >>> 32);
      c6 += h11 & LOW;
      c7 += h11 >>> 32;
    }
    c1 += c0 >>> 32;
    c2 += c1 >>> 32;
    c3 += c2 >>> 32;
    c4 += c3 >>> 32;
    c5 += c4 >>> 32;
    c6 += c5 >>> 32;
    c7 += c6 >>> 32;
    montgomery(
        z,
        2 * zi,
        (c0 & LOW) | c1 << 32,
        (c2 & LOW) | c3 << 32,
        (c4 & LOW) | c5 << 32,
        (c6 & LOW) | c7 << 32);
    addTop(z, 2 * zi, c7 >>> 32);
  }

  @Override
  public void sum(long[] z, int zi, long[] x, int xi, int xStep, int count) {
    long c0 = 0;
    long c1 = 0;
    long c2 = 0;
    long c3 = 0;
    for (int i = 0, at = 2 * xi; i < count; i++, at += 2 * xStep) {
      c0 += x[at] & LOW;
      c1 += x[at] >>> 32;
      c2 += x[at + 1] & LOW;
      c3 += x[at + 1] >>> 32;
    }
    c1 += c0 >>> 32;
    c2 += c1 >>> 32;
    c3 += c2 >>> 32;
    storeReduced(z, 2 * zi, (c0 & LOW) | c1 << 32, (c2 & LOW) | c3 << 32, 0);
    addTop(z, 2 * zi, c3 >>> 32); // 2^128 ≡ R
  }

  @Override
  public void addEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      add(z, zi + i, z, zi + i, x, xi + i);
    }
  }

  @Override
  public void subEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      sub(z, zi + i, z, zi + i, x, xi + i);
    }
  }

  @Override
  public void mulEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      mul(z, zi + i, z, zi + i, x, xi + i);
    }
  }

  @Override
  public void root(int log, long[] z, int zi) {
    z[2 * zi] = roots[2 * log];
    z[2 * zi + 1] = roots[2 * log + 1];
  }

  @Override
  public void set(BigInteger value, long[] z, int zi) {
    var reduced = value.mod(MODULUS);
    z[2 * zi] = reduced.longValue();
    z[2 * zi + 1] = reduced.shiftRight(Long.SIZE).longValue();
  }

  @Override
  public void set(long value, long[] z, int zi) {
    z[2 * zi] = value;
    z[2 * zi + 1] = 0;
  }

  @Override
  public BigInteger get(long[] x, int xi) {
    return new BigInteger(Long.toUnsignedString(x[2 * xi + 1]))
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(x[2 * xi])));
  }

  @Override
  public boolean isZero(long[] x, int xi) {
    return (x[2 * xi] | x[2 * xi + 1]) == 0;
  }

  @Override
  public void draw(XofTurboShake128 xof, long[] z, int zi, int count) {
    for (int i = 0; i < count; ) {
      long low = xof.nextLane();
      long high = xof.nextLane();
      z[2 * (zi + i)] = low;
      z[2 * (zi + i) + 1] = high;
      i += (int) canonical(low, high);
    }
  }

  /** 1 when low + high·2⁶⁴ is below p, else 0. */
  private static long canonical(long low, long high) {
    long below = Carry.borrow(high, PH, high - PH);
    long differs = Carry.nonZero(high ^ PH) | Carry.nonZero(low);
    return below | (1 - differs);
  }

  @Override
  public boolean decode(byte[] in, int from, long[] z, int zi, int count) {
    long good = 1;
    for (int i = 0; i < count; i++) {
      long low = (long) WORD.get(in, from + 16 * i);
      long high = (long) WORD.get(in, from + 16 * i + 8);
      good &= canonical(low, high);
      z[2 * (zi + i)] = low;
      z[2 * (zi + i) + 1] = high;
    }
    return good == 1;
  }

  @Override
  public void encode(long[] x, int xi, int count, byte[] out, int from) {
    for (int i = 0; i < 2 * count; i++) {
      WORD.set(out, from + 8 * i, x[2 * xi + i]);
    }
  }

  @Override
  public String toString() {
    return "Field128";
  }
}
