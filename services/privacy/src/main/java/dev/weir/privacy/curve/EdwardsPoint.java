package dev.weir.privacy.curve;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A point (X : Y : Z : T) of −x² + y² = 1 + d·x²·y² with x = X/Z, y = Y/Z and T = XY/Z. Adding and
 * doubling are complete: no point is special. Public values only, since decoding branches.
 * Confined.
 */
final class EdwardsPoint {
  private static final int BYTES = 32;
  private static final int LAST = BYTES - 1;
  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger CURVE_D =
      BigInteger.valueOf(-121_665)
          .multiply(BigInteger.valueOf(121_666).modInverse(PRIME))
          .mod(PRIME);
  private static final long[] ZERO = new long[Fe25519.LIMBS];
  private static final long[] ONE = {1, 0, 0, 0, 0};
  private static final long[] D = element(CURVE_D);
  private static final long[] ROOT_OF_MINUS_ONE =
      element(BigInteger.TWO.modPow(PRIME.shiftRight(2), PRIME));

  /** 2d. */
  static final long[] D2 = element(CURVE_D.shiftLeft(1).mod(PRIME));

  final long[] x = new long[Fe25519.LIMBS];
  final long[] y = new long[Fe25519.LIMBS];
  final long[] z = new long[Fe25519.LIMBS];
  final long[] t = new long[Fe25519.LIMBS];
  private final long[] e = new long[Fe25519.LIMBS];
  private final long[] f = new long[Fe25519.LIMBS];
  private final long[] g = new long[Fe25519.LIMBS];
  private final long[] h = new long[Fe25519.LIMBS];

  private EdwardsPoint() {}

  /** (0, 1). */
  static EdwardsPoint neutral() {
    var point = new EdwardsPoint();
    point.y[0] = 1;
    point.z[0] = 1;
    return point;
  }

  /** The base point, y = 4/5 with an even x. */
  static EdwardsPoint base() {
    var encoded = new byte[BYTES];
    Arrays.fill(encoded, (byte) 0x66);
    encoded[0] = 0x58;
    return decode(encoded).orElseThrow();
  }

  /**
   * @param encoded 32 bytes
   * @return empty unless it is the only encoding of a point
   */
  static Optional<EdwardsPoint> decode(byte[] encoded) {
    var withoutSign = encoded.clone();
    withoutSign[LAST] &= 0x7f;
    var point = neutral();
    Fe25519.decode(withoutSign, point.y);
    boolean found =
        Arrays.equals(Fe25519.encode(point.y), withoutSign)
            && point.solve()
            && point.choose(encoded[LAST] >>> 7 & 1);
    Fe25519.mul(point.t, point.x, point.y);
    return found ? Optional.of(point) : Optional.empty();
  }

  /** Finds an x for y: a root of u/v with u = y² − 1 and v = d·y² + 1. False when there is none. */
  private boolean solve() {
    var u = new long[Fe25519.LIMBS];
    var v = new long[Fe25519.LIMBS];
    Fe25519.square(u, y);
    Fe25519.mul(v, u, D);
    Fe25519.add(v, v, ONE);
    Fe25519.sub(u, u, ONE);
    Fe25519.carry(u);
    Fe25519.square(e, v);
    Fe25519.mul(e, e, v); // v³
    Fe25519.square(f, e);
    Fe25519.mul(f, f, v); // v⁷
    Fe25519.mul(f, f, u);
    Fe25519.rootPower(f, f);
    Fe25519.mul(x, e, u);
    Fe25519.mul(x, x, f); // u·v³·(u·v⁷)^((p − 5)/8)
    Fe25519.square(g, x);
    Fe25519.mul(g, g, v);
    if (same(g, u)) {
      return true;
    }
    Fe25519.sub(h, ZERO, u);
    Fe25519.carry(h);
    Fe25519.mul(x, x, ROOT_OF_MINUS_ONE);
    return same(g, h);
  }

  /** Of x and −x the one with this parity. False when x is 0 and should be odd. */
  private boolean choose(int sign) {
    if (parity(x) == sign) {
      return true;
    }
    Fe25519.sub(x, ZERO, x);
    Fe25519.carry(x);
    return parity(x) == sign;
  }

  /** Its only encoding. */
  byte[] encoded() {
    Fe25519.invert(e, z);
    Fe25519.mul(f, x, e);
    Fe25519.mul(g, y, e);
    var encoded = Fe25519.encode(g);
    encoded[LAST] |= (byte) (parity(f) << 7);
    return encoded;
  }

  /** The point with −x. */
  EdwardsPoint negated() {
    var negated = copy();
    Fe25519.sub(negated.x, ZERO, x);
    Fe25519.carry(negated.x);
    Fe25519.sub(negated.t, ZERO, t);
    Fe25519.carry(negated.t);
    return negated;
  }

  EdwardsPoint copy() {
    var copy = new EdwardsPoint();
    System.arraycopy(x, 0, copy.x, 0, x.length);
    System.arraycopy(y, 0, copy.y, 0, y.length);
    System.arraycopy(z, 0, copy.z, 0, z.length);
    System.arraycopy(t, 0, copy.t, 0, t.length);
    return copy;
  }

  /** Doubles this. */
  void twice() {
    Fe25519.mul(e, x, y);
    Fe25519.add(e, e, e); // 2XY
    Fe25519.square(f, x);
    Fe25519.square(h, y);
    Fe25519.sub(g, h, f); // Y² − X²
    Fe25519.carry(g);
    Fe25519.add(h, h, f); // Y² + X²
    Fe25519.square(f, z);
    Fe25519.add(f, f, f);
    Fe25519.sub(f, f, g); // 2Z² − (Y² − X²)
    Fe25519.carry(f);
    settle();
  }

  /** Adds the other to this. */
  void plus(AffinePoint other) {
    mixed(other.sum, other.difference, other.product, f, g);
  }

  /** Takes the other from this. */
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the negative has the two swapped
  void minus(AffinePoint other) {
    mixed(other.difference, other.sum, other.product, g, f);
  }

  /** The one of the last two gets 2Z − C, the other 2Z + C, where C is T times the product. */
  private void mixed(long[] sum, long[] difference, long[] product, long[] less, long[] more) {
    Fe25519.sub(f, y, x);
    Fe25519.mul(f, f, difference);
    Fe25519.add(h, y, x);
    Fe25519.mul(h, h, sum);
    Fe25519.sub(e, h, f);
    Fe25519.add(h, h, f);
    Fe25519.mul(t, t, product);
    Fe25519.add(z, z, z);
    Fe25519.add(more, z, t);
    Fe25519.sub(less, z, t);
    Fe25519.carry(less);
    settle();
  }

  private void settle() {
    Fe25519.mul(x, e, f);
    Fe25519.mul(y, g, h);
    Fe25519.mul(z, f, g);
    Fe25519.mul(t, e, h);
  }

  private static int parity(long[] element) {
    return Fe25519.encode(element)[0] & 1;
  }

  private static boolean same(long[] left, long[] right) {
    return Arrays.equals(Fe25519.encode(left), Fe25519.encode(right));
  }

  private static long[] element(BigInteger value) {
    var bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = value.shiftRight(Byte.SIZE * i).byteValue();
    }
    var element = new long[Fe25519.LIMBS];
    Fe25519.decode(bytes, element);
    return element;
  }
}
