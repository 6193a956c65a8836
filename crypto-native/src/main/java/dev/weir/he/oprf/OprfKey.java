package dev.weir.he.oprf;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The server's key. Secret; immutable, thread-safe. */
public final class OprfKey {
  /** Length of a seed from which a key is derived. */
  public static final int SEED_BYTES = 32;

  private static final int MAX_BATCH = 1 << 16;

  private final BigInteger scalar;
  private final Element publicKey;
  private final SecureRandom random;

  private OprfKey(BigInteger scalar, SecureRandom random) {
    this.scalar = scalar;
    this.publicKey = new Element(P256.times(P256.generator(), scalar, random));
    this.random = random;
  }

  /**
   * DeriveKeyPair.
   *
   * @param seed {@link #SEED_BYTES} random bytes
   * @param info public; another one gives another key
   * @param random for proofs and against the clock
   */
  public static OprfKey derive(byte[] seed, byte[] info, SecureRandom random) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes");
    }
    for (int counter = 0; counter <= 0xff; counter++) {
      byte[] input = Suite.join(seed, Suite.sized(info), Suite.number(counter, 1));
      var scalar = Suite.scalar(input, "DeriveKeyPair");
      if (scalar.signum() != 0) {
        return new OprfKey(scalar, random);
      }
    }
    throw new IllegalStateException("256 hashes were zero");
  }

  public Element publicKey() {
    return publicKey;
  }

  /** The function itself; whoever holds the key needs no client. */
  public byte[] evaluate(byte[] input) {
    return output(input, P256.times(P256.hashed(input), scalar, random));
  }

  /**
   * BlindEvaluate, for a batch.
   *
   * @param blinded at least one
   */
  public Evaluation evaluate(List<Element> blinded) {
    return evaluate(blinded, P256.randomScalar(random));
  }

  /** With a nonce of the caller's choice, for test vectors; a nonce is used once. */
  Evaluation evaluate(List<Element> blinded, BigInteger nonce) {
    if (blinded.isEmpty() || blinded.size() > MAX_BATCH) {
      throw new IllegalArgumentException("1 to " + MAX_BATCH + " elements");
    }
    var evaluated =
        blinded.stream()
            .map(element -> new Element(P256.times(element.point(), scalar, random)))
            .toList();
    byte[] seed = Composites.seed(publicKey);
    var weights =
        IntStream.range(0, blinded.size())
            .mapToObj(i -> Composites.weight(seed, i, blinded.get(i), evaluated.get(i)))
            .toList();
    var sum = Composites.sum(weights, blinded);
    var product = P256.times(sum, scalar, random);
    var challenge =
        Composites.challenge(
            publicKey,
            sum,
            product,
            P256.times(P256.generator(), nonce, random),
            P256.times(sum, nonce, random));
    var response = nonce.subtract(challenge.multiply(scalar)).mod(P256.ORDER);
    return new Evaluation(evaluated, new Proof(challenge, response));
  }

  /** Finalize without the unblinding. */
  static byte[] output(byte[] input, ECPoint product) {
    return Suite.hash(
        Suite.sized(input), Suite.sized(product.getEncoded(true)), Suite.ascii("Finalize"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OprfKey key
        && MessageDigest.isEqual(
            BigIntegers.asUnsignedByteArray(SEED_BYTES, scalar),
            BigIntegers.asUnsignedByteArray(SEED_BYTES, key.scalar));
  }

  @Override
  public int hashCode() {
    return publicKey.hashCode();
  }

  @Override
  public String toString() {
    return "OprfKey[256 bits]";
  }
}
