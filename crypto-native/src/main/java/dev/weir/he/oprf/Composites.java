package dev.weir.he.oprf;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/** What proofs are about: RFC 9497, 2.2. */
final class Composites {
  private Composites() {}

  /** Weights that bind key and batch. */
  static BigInteger weight(byte[] seed, int index, Element blinded, Element evaluated) {
    return Suite.scalar(
        Suite.join(
            Suite.sized(seed),
            Suite.number(index, 2),
            Suite.sized(blinded.toBytes()),
            Suite.sized(evaluated.toBytes()),
            Suite.ascii("Composite")),
        "HashToScalar-");
  }

  static byte[] seed(Element publicKey) {
    return Suite.hash(Suite.sized(publicKey.toBytes()), Suite.sized(Suite.domain("Seed-")));
  }

  /** The weighted sum of elements. */
  static ECPoint sum(List<BigInteger> weights, List<Element> elements) {
    var sum = elements.getFirst().point().multiply(weights.getFirst());
    for (int i = 1; i < elements.size(); i++) {
      sum = sum.add(elements.get(i).point().multiply(weights.get(i)));
    }
    return sum.normalize();
  }

  static BigInteger challenge(Element publicKey, ECPoint... points) {
    byte[] input = Suite.sized(publicKey.toBytes());
    for (var point : points) {
      input = Suite.join(input, Suite.sized(point.getEncoded(true)));
    }
    return Suite.scalar(Suite.join(input, Suite.ascii("Challenge")), "HashToScalar-");
  }
}
