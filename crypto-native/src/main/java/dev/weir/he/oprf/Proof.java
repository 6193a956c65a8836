package dev.weir.he.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** That two discrete logarithms are equal. */
public record Proof(BigInteger challenge, BigInteger response) {
  /** Length of the encoded form. */
  public static final int BYTES = 64;

  public Proof {
    OprfException.require(reduced(challenge) && reduced(response));
  }

  /**
   * @throws OprfException when these are not two reduced numbers
   */
  public static Proof ofBytes(byte[] bytes) {
    OprfException.require(bytes.length == BYTES);
    return new Proof(
        new BigInteger(1, Arrays.copyOf(bytes, BYTES / 2)),
        new BigInteger(1, Arrays.copyOfRange(bytes, BYTES / 2, BYTES)));
  }

  public byte[] toBytes() {
    return Suite.join(
        BigIntegers.asUnsignedByteArray(BYTES / 2, challenge),
        BigIntegers.asUnsignedByteArray(BYTES / 2, response));
  }

  private static boolean reduced(BigInteger value) {
    return value.signum() >= 0 && value.compareTo(P256.ORDER) < 0;
  }
}
