package dev.weir.privacy.field;

import dev.weir.privacy.xof.XofTurboShake128;
import java.math.BigInteger;

/**
 * A prime field whose elements lie in arrays of {@code long}, {@link #words()} to the element. All
 * positions and counts are in elements, never in words. A value comes in one of two forms:
 *
 * <ul>
 *   <li>an <em>element</em> is canonical, in [0, modulus);
 *   <li>a <em>multiplier</em> is what {@link #prepare} makes of an element: the element times the
 *       Montgomery factor, or the element itself where there is none.
 * </ul>
 *
 * multiplier · element = element and multiplier · multiplier = multiplier, so that whatever comes
 * off the wire is multiplied by prepared constants without being converted. Sums keep the form.
 * Immutable and thread-safe.
 */
public sealed interface Field permits Field64, Field128 {
  /** Longs of one element, least significant first. */
  int words();

  /** ENCODED_SIZE: bytes of one element on the wire, little-endian. */
  int encodedBytes();

  BigInteger modulus();

  /**
   * How many summands of a size fit below half the modulus beside noise of either sign; 0 when none
   * does.
   */
  default long most(BigInteger each, BigInteger noise) {
    var most = modulus().shiftRight(1).subtract(noise).divide(each).max(BigInteger.ZERO);
    return most.bitLength() < Long.SIZE ? most.longValueExact() : Long.MAX_VALUE;
  }

  /** Binary logarithm of GEN_ORDER, the largest power of two that a root of unity can have. */
  int logGenOrder();

  /** z = x + y. */
  void add(long[] z, int zi, long[] x, int xi, long[] y, int yi);

  /** z = x − y. */
  void sub(long[] z, int zi, long[] x, int xi, long[] y, int yi);

  /** z = x · y, at least one of them a multiplier. */
  void mul(long[] z, int zi, long[] x, int xi, long[] y, int yi);

  /** z = the multiplier of the element x. */
  void prepare(long[] z, int zi, long[] x, int xi);

  /** z = the element that a product, or a sum of products, of two elements stands for. */
  void restore(long[] z, int zi, long[] x, int xi);

  /**
   * z = Σ x[xi + i·xStep] · y[yi + i·yStep], i from 0 to {@code count} − 1, reduced once.
   *
   * @param count below 2²⁸
   */
  void dot(long[] z, int zi, long[] x, int xi, int xStep, long[] y, int yi, int yStep, int count);

  /** z = Σ x[xi + i·xStep]. */
  void sum(long[] z, int zi, long[] x, int xi, int xStep, int count);

  /** z[i] = z[i] + x[i]. */
  void addEach(long[] z, int zi, long[] x, int xi, int count);

  /** z[i] = z[i] − x[i]. */
  void subEach(long[] z, int zi, long[] x, int xi, int count);

  /** z[i] = z[i] · x[i], the x being multipliers. */
  void mulEach(long[] z, int zi, long[] x, int xi, int count);

  /** Multiplier of the principal 2^log-th root of unity of the draft. */
  void root(int log, long[] z, int zi);

  /** Multiplier of 1 / {@code value}. */
  default void inverse(long value, long[] z, int zi) {
    set(BigInteger.valueOf(value).modInverse(modulus()), z, zi);
    prepare(z, zi, z, zi);
  }

  /** Element of any integer, reduced; not constant-time. */
  void set(BigInteger value, long[] z, int zi);

  /** Element of a number that is not negative and below the modulus. */
  void set(long value, long[] z, int zi);

  /** The element as an integer in [0, modulus); not constant-time. */
  BigInteger get(long[] x, int xi);

  /** Whether an element or multiplier is 0, in constant time. */
  boolean isZero(long[] x, int xi);

  /** Draws {@code count} uniform elements by rejection, as next_vec of the draft does. */
  void draw(XofTurboShake128 xof, long[] z, int zi, int count);

  /**
   * Reads {@code count} elements.
   *
   * @return whether each was canonical; otherwise what was read is not to be used
   */
  boolean decode(byte[] in, int from, long[] z, int zi, int count);

  /** Writes {@code count} elements. */
  void encode(long[] x, int xi, int count, byte[] out, int from);

  /** Room for {@code count} elements, all zero. */
  default long[] zeros(int count) {
    return new long[Math.multiplyExact(count, words())];
  }
}
