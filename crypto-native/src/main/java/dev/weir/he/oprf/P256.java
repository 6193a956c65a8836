package dev.weir.he.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/** The group: P-256, and hashing to it by the simplified SWU map of RFC 9380, 6.6.2. */
final class P256 {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");

  static final BigInteger ORDER = CURVE.getN();

  private static final int BLINDING_BITS = 64;
  private static final ECFieldElement A = CURVE.getCurve().getA();
  private static final ECFieldElement B = CURVE.getCurve().getB();
  private static final ECFieldElement Z = element(BigInteger.TEN).negate();

  private P256() {}

  /** Two numbers that become field elements. */
  record Hashed(BigInteger first, BigInteger second) {}

  static ECPoint generator() {
    return CURVE.getG();
  }

  static ECPoint hashed(byte[] input) {
    var numbers = Suite.field(input);
    return map(element(numbers.first())).add(map(element(numbers.second()))).normalize();
  }

  /**
   * The product with a secret number: a random multiple of the order is added, so that what the
   * multiplication's time tells is another number each time.
   */
  static ECPoint times(ECPoint point, BigInteger secret, SecureRandom random) {
    var multiple = ORDER.multiply(new BigInteger(BLINDING_BITS, random));
    return point.multiply(secret.add(multiple)).normalize();
  }

  /** 1 to the order − 1. */
  static BigInteger randomScalar(SecureRandom random) {
    while (true) {
      var drawn = new BigInteger(ORDER.bitLength(), random);
      if (drawn.signum() > 0 && drawn.compareTo(ORDER) < 0) {
        return drawn;
      }
    }
  }

  /** A point of the group that is not its zero, compressed. */
  static ECPoint decoded(byte[] bytes) {
    OprfException.require(bytes.length == Element.BYTES && (bytes[0] == 2 || bytes[0] == 3));
    try {
      return CURVE.getCurve().decodePoint(bytes);
    } catch (IllegalArgumentException e) {
      throw new OprfException(); // no point has these coordinates
    }
  }

  private static ECFieldElement element(BigInteger value) {
    return CURVE
        .getCurve()
        .fromBigInteger(value.mod(CURVE.getCurve().getField().getCharacteristic()));
  }

  private static ECPoint map(ECFieldElement u) {
    var zu = Z.multiply(u.square());
    var sum = zu.square().add(zu);
    var x =
        sum.isZero()
            ? B.divide(Z.multiply(A))
            : B.negate().divide(A).multiply(sum.invert().addOne());
    var y = rightHand(x).sqrt();
    if (y == null) {
      x = zu.multiply(x);
      y = rightHand(x).sqrt();
    }
    if (y.testBitZero() != u.testBitZero()) {
      y = y.negate();
    }
    return CURVE.getCurve().createPoint(x.toBigInteger(), y.toBigInteger());
  }

  private static ECFieldElement rightHand(ECFieldElement x) {
    return x.square().add(A).multiply(x).add(B);
  }
}
