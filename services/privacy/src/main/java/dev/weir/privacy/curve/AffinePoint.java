package dev.weir.privacy.curve;

/** A point (x, y) as adding wants it: y + x, y − x and 2d·x·y. Not changed once made. */
final class AffinePoint {
  final long[] sum = new long[Fe25519.LIMBS];
  final long[] difference = new long[Fe25519.LIMBS];
  final long[] product = new long[Fe25519.LIMBS];

  AffinePoint(EdwardsPoint point) {
    var x = new long[Fe25519.LIMBS];
    var y = new long[Fe25519.LIMBS];
    Fe25519.invert(product, point.z);
    Fe25519.mul(x, point.x, product);
    Fe25519.mul(y, point.y, product);
    Fe25519.add(sum, y, x);
    Fe25519.carry(sum);
    Fe25519.sub(difference, y, x);
    Fe25519.carry(difference);
    Fe25519.mul(product, x, y);
    Fe25519.mul(product, product, EdwardsPoint.D2);
  }
}
