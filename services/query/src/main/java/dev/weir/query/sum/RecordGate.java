package dev.weir.query.sum;

import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.wire.SealReader;
import dev.weir.he.wire.WireException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The one way for a foreign ciphertext into a sum, and into the custodian. Stateless. */
final class RecordGate {
  private RecordGate() {}

  /**
   * Limbs of one fresh ciphertext, {@code [2][primes][degree]}: of the set, whole, not seeded,
   * every coefficient below its prime, and with a second polynomial that is not all zero, which
   * would be a message in the clear.
   *
   * @return empty for anything else
   */
  static Optional<Words> open(HeParameters parameters, ByteBuffer bytes) {
    try {
      var read = SealReader.ciphertext(parameters, bytes);
      boolean fresh = read.primesDropped() == 0 && !read.seeded();
      return fresh && !isTransparent(read.limbs()) ? Optional.of(read.limbs()) : Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  /** Lower-case hex. */
  static String sha256(ByteBuffer bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isTransparent(Words limbs) {
    for (int i = limbs.count() / 2; i < limbs.count(); i++) {
      if (limbs.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
