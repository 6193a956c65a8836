package dev.weir.privacy.field;

import dev.weir.privacy.xof.XofTurboShake128;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Field64 of VDAF: p = 2⁶⁴ − 2³² + 1. Multipliers are the elements themselves: 2⁶⁴ ≡ 2³² − 1 and
 * 2⁹⁶ ≡ −1 reduce a product by shifts.
 */
public final class Field64 implements Field {
  private static final long P = 0xffffffff00000001L;
  private static final long EPSILON = 0xffffffffL; // 2^64 − p
  private static final long LOW = 0xffffffffL;
  private static final int LOG_GEN_ORDER = 32;
  private static final BigInteger MODULUS = new BigInteger(Long.toHexString(P), 16);
  private static final long[] ROOTS = roots();
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The field; after the tables that it is built from. */
  public static final Field64 INSTANCE = new Field64();

  private Field64() {}

  private static long[] roots() {
    var roots = new long[LOG_GEN_ORDER + 1];
    roots[LOG_GEN_ORDER] = 0x185629dcda58878cL; // 7^(2^32 − 1)
    for (int log = LOG_GEN_ORDER; log > 0; log--) {
      roots[log - 1] = mul(roots[log], roots[log]);
    }
    return roots;
  }

  static long add(long a, long b) {
    long sum = a + b;
    return canonical(sum + (EPSILON & -Carry.of(a, b, sum)));
  }

  static long sub(long a, long b) {
    long difference = a - b;
    return difference - (EPSILON & -Carry.borrow(a, b, difference));
  }

  static long mul(long a, long b) {
    return reduce(Math.unsignedMultiplyHigh(a, b), a * b);
  }

  /** (high·2⁶⁴ + low) mod p. */
  private static long reduce(long high, long low) {
    long h1 = high >>> 32;
    long h0 = high & LOW;
    long t = low - h1;
    t -= EPSILON & -Carry.borrow(low, h1, t);
    long u = (h0 << 32) - h0;
    long sum = t + u;
    return canonical(sum + (EPSILON & -Carry.of(t, u, sum)));
  }

  /** Subtracts p once when {@code a} is not below it. */
  private static long canonical(long a) {
    long reduced = a + EPSILON;
    return a + (EPSILON & -Carry.of(a, EPSILON, reduced));
  }

  /** Reduces four columns of 32 bits, each the sum of fewer than 2³⁰ words of 32 bits. */
  private static long reduceColumns(long c0, long c1, long c2, long c3) {
    long carried1 = c1 + (c0 >>> 32);
    long low = (c0 & LOW) | carried1 << 32;
    long carried2 = c2 + (carried1 >>> 32);
    long carried3 = c3 + (carried2 >>> 32);
    long high = (carried2 & LOW) | carried3 << 32;
    long top = carried3 >>> 32; // counts 2^128 ≡ −2^32
    return sub(reduce(high, low), top << 32);
  }

  @Override
  public int words() {
    return 1;
  }

  @Override
  public int encodedBytes() {
    return Long.BYTES;
  }

  @Override
  public BigInteger modulus() {
    return MODULUS;
  }

  @Override
  public int logGenOrder() {
    return LOG_GEN_ORDER;
  }

  @Override
  public void add(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    z[zi] = add(x[xi], y[yi]);
  }

  @Override
  public void sub(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    z[zi] = sub(x[xi], y[yi]);
  }

  @Override
  public void mul(long[] z, int zi, long[] x, int xi, long[] y, int yi) {
    z[zi] = mul(x[xi], y[yi]);
  }

  @Override
  public void prepare(long[] z, int zi, long[] x, int xi) {
    z[zi] = x[xi];
  }

  @Override
  public void restore(long[] z, int zi, long[] x, int xi) {
    z[zi] = x[xi];
  }

  @Override
  public void dot(
      long[] z, int zi, long[] x, int xi, int xStep, long[] y, int yi, int yStep, int count) {
    long c0 = 0;
    long c1 = 0;
    long c2 = 0;
    long c3 = 0;
    for (int i = 0; i < count; i++) {
      long a = x[xi + i * xStep];
      long b = y[yi + i * yStep];
      long low = a * b;
      long high = Math.unsignedMultiplyHigh(a, b);
      c0 += low & LOW;
      c1 += low >>> 32;
      c2 += high & LOW;
      c3 += high >>> 32;
    }
    z[zi] = reduceColumns(c0, c1, c2, c3);
  }

  @Override
  public void sum(long[] z, int zi, long[] x, int xi, int xStep, int count) {
    long c0 = 0;
    long c1 = 0;
    for (int i = 0; i < count; i++) {
      long a = x[xi + i * xStep];
      c0 += a & LOW;
      c1 += a >>> 32;
    }
    z[zi] = reduceColumns(c0, c1, 0, 0);
  }

  @Override
  public void addEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      z[zi + i] = add(z[zi + i], x[xi + i]);
    }
  }

  @Override
  public void subEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      z[zi + i] = sub(z[zi + i], x[xi + i]);
    }
  }

  @Override
  public void mulEach(long[] z, int zi, long[] x, int xi, int count) {
    for (int i = 0; i < count; i++) {
      z[zi + i] = mul(z[zi + i], x[xi + i]);
    }
  }

  @Override
  public void root(int log, long[] z, int zi) {
    z[zi] = ROOTS[log];
  }

  @Override
  public void set(BigInteger value, long[] z, int zi) {
    z[zi] = value.mod(MODULUS).longValue();
  }

  @Override
  public void set(long value, long[] z, int zi) {
    z[zi] = value;
  }

  @Override
  public BigInteger get(long[] x, int xi) {
    return new BigInteger(Long.toUnsignedString(x[xi]));
  }

  @Override
  public boolean isZero(long[] x, int xi) {
    return x[xi] == 0;
  }

  @Override
  public void draw(XofTurboShake128 xof, long[] z, int zi, int count) {
    for (int i = 0; i < count; ) {
      long candidate = xof.nextLane();
      z[zi + i] = candidate;
      i += 1 - (int) Carry.of(candidate, EPSILON, candidate + EPSILON);
    }
  }

  @Override
  public boolean decode(byte[] in, int from, long[] z, int zi, int count) {
    long bad = 0;
    for (int i = 0; i < count; i++) {
      long value = (long) WORD.get(in, from + Long.BYTES * i);
      bad |= Carry.of(value, EPSILON, value + EPSILON);
      z[zi + i] = value;
    }
    return bad == 0;
  }

  @Override
  public void encode(long[] x, int xi, int count, byte[] out, int from) {
    for (int i = 0; i < count; i++) {
      WORD.set(out, from + Long.BYTES * i, x[xi + i]);
    }
  }

  @Override
  public String toString() {
    return "Field64";
  }
}
