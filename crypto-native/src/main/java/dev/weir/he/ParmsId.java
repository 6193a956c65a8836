package dev.weir.he;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The name of a parameter set, or of one level of it: BLAKE2b-256 over scheme, degree, primes and
 * plain modulus, each as a little-endian 64-bit word.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ParmsId(String hex) {
  public static final int BYTES = 32;

  /** Schemes by SEAL's number. */
  enum Scheme {
    NONE,
    BFV
  }

  public ParmsId {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a parameter id");
    }
  }

  /** From its 32 bytes. */
  public static ParmsId ofBytes(byte[] bytes) {
    return new ParmsId(HexFormat.of().formatHex(bytes));
  }

  static ParmsId of(Scheme scheme, int degree, List<Long> primes, long plainModulus) {
    var words =
        ByteBuffer.allocate((3 + primes.size()) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.putLong(scheme.ordinal()).putLong(degree);
    primes.forEach(words::putLong);
    words.putLong(plainModulus);
    var digest = new Blake2bDigest(8 * BYTES);
    digest.update(words.array(), 0, words.capacity());
    var hash = new byte[BYTES];
    digest.doFinal(hash, 0);
    return ofBytes(hash);
  }

  public byte[] toBytes() {
    return HexFormat.of().parseHex(hex);
  }
}
