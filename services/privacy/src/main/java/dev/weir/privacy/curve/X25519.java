package dev.weir.privacy.curve;

import java.security.SecureRandom;

/**
 * X25519 (<a href="https://www.rfc-editor.org/rfc/rfc7748">RFC 7748</a>) by the Montgomery ladder,
 * in constant time: each of 255 steps does the same on the same memory.
 */
public final class X25519 {
  public static final int BYTES = 32;

  private static final int TOP_BIT = 254;
  private static final byte[] BASE_POINT = basePoint();

  private X25519() {}

  private static byte[] basePoint() {
    var base = new byte[BYTES];
    base[0] = 9;
    return base;
  }

  /** A random private key. */
  public static byte[] privateKey(SecureRandom random) {
    var key = new byte[BYTES];
    random.nextBytes(key);
    return key;
  }

  /** The public key of a private key, 32 bytes each. */
  public static byte[] publicKey(byte[] privateKey) {
    return multiply(privateKey, BASE_POINT);
  }

  /**
   * @param scalar 32 bytes, clamped here
   * @param point a u-coordinate, 32 bytes; its top bit is ignored
   * @return 32 bytes; all zero when the point has a small order, which the caller refuses
   */
  public static byte[] multiply(byte[] scalar, byte[] point) {
    if (scalar.length != BYTES || point.length != BYTES) {
      throw new IllegalArgumentException("X25519 takes 32 bytes and 32 bytes");
    }
    var ladder = new Ladder(point);
    for (int bit = TOP_BIT; bit >= 0; bit--) {
      ladder.step(bit(scalar, bit));
    }
    return ladder.end();
  }

  /** A bit of the clamped scalar: the lowest three are 0, bit 254 is 1. */
  private static long bit(byte[] scalar, int bit) {
    if (bit == TOP_BIT) {
      return 1;
    }
    return bit < 3 ? 0 : scalar[bit >> 3] >> (bit & 7) & 1;
  }

  /** The two points of the ladder, (x2 : z2) and (x3 : z3), whose difference is the point. */
  private static final class Ladder {
    private final long[] x1 = new long[Fe25519.LIMBS];
    private final long[] x2 = {1, 0, 0, 0, 0};
    private final long[] z2 = new long[Fe25519.LIMBS];
    private final long[] x3 = new long[Fe25519.LIMBS];
    private final long[] z3 = {1, 0, 0, 0, 0};
    private final long[] a = new long[Fe25519.LIMBS];
    private final long[] b = new long[Fe25519.LIMBS];
    private final long[] c = new long[Fe25519.LIMBS];
    private final long[] d = new long[Fe25519.LIMBS];
    private long swapped;

    Ladder(byte[] point) {
      Fe25519.decode(point, x1);
      System.arraycopy(x1, 0, x3, 0, x1.length);
    }

    void step(long bit) {
      Fe25519.swap(swapped ^ bit, x2, x3);
      Fe25519.swap(swapped ^ bit, z2, z3);
      swapped = bit;
      Fe25519.add(a, x2, z2);
      Fe25519.sub(b, x2, z2);
      Fe25519.add(c, x3, z3);
      Fe25519.sub(d, x3, z3);
      Fe25519.mul(d, d, a);
      Fe25519.mul(c, c, b);
      Fe25519.square(a, a);
      Fe25519.square(b, b);
      Fe25519.add(x3, d, c);
      Fe25519.square(x3, x3);
      Fe25519.sub(z3, d, c);
      Fe25519.square(z3, z3);
      Fe25519.mul(z3, z3, x1);
      Fe25519.mul(x2, a, b);
      Fe25519.sub(c, a, b);
      Fe25519.mulSmall(z2, c);
      Fe25519.add(z2, z2, a);
      Fe25519.mul(z2, z2, c);
    }

    byte[] end() {
      Fe25519.swap(swapped, x2, x3);
      Fe25519.swap(swapped, z2, z3);
      Fe25519.invert(z2, z2);
      Fe25519.mul(x2, x2, z2);
      return Fe25519.encode(x2);
    }
  }
}
