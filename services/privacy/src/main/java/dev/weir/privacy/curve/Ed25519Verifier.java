package dev.weir.privacy.curve;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Verifies signatures of one Ed25519 key, without the cofactor: S·B − k·A must be the very R that
 * the signature holds, S below the group's order, and A and R the only encodings of their points.
 * Takes as long as it takes, for nothing here is secret. Keeps 3 KiB for the key. Immutable and
 * thread-safe.
 */
public final class Ed25519Verifier {
  /** Length of a public key. */
  public static final int KEY_BYTES = 32;

  /** Length of a signature: R, then S. */
  public static final int SIGNATURE_BYTES = 64;

  private static final BigInteger ORDER =
      BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final OddMultiples BASE = new OddMultiples(EdwardsPoint.base(), 7);
  private static final int KEY_WIDTH = 4;

  private final byte[] key;
  private final OddMultiples minusKey;

  private Ed25519Verifier(byte[] key, EdwardsPoint point) {
    this.key = key;
    this.minusKey = new OddMultiples(point.negated(), KEY_WIDTH);
  }

  /**
   * Takes as long as a few verifications, to be spent once for a key.
   *
   * @param publicKey the 32 bytes of RFC 8032 alone
   * @return empty unless they encode a point in the only way
   */
  public static Optional<Ed25519Verifier> of(byte[] publicKey) {
    if (publicKey.length != KEY_BYTES) {
      return Optional.empty();
    }
    var key = publicKey.clone();
    return EdwardsPoint.decode(key).map(point -> new Ed25519Verifier(key, point));
  }

  /** False for a wrong signature, and in the same way for a malformed one. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    var r = Arrays.copyOf(signature, KEY_BYTES);
    var s = littleEndian(Arrays.copyOfRange(signature, KEY_BYTES, SIGNATURE_BYTES));
    if (s.compareTo(ORDER) >= 0) {
      return false;
    }
    var ofBase = BASE.digits(s);
    var ofKey = minusKey.digits(challenge(r, message));
    var sum = EdwardsPoint.neutral();
    for (int step = OddMultiples.STEPS - 1; step >= 0; step--) {
      sum.twice();
      BASE.add(sum, ofBase, step);
      minusKey.add(sum, ofKey, step);
    }
    return Arrays.equals(sum.encoded(), r);
  }

  private BigInteger challenge(byte[] r, byte[] message) {
    try {
      var sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(r);
      sha512.update(key);
      return littleEndian(sha512.digest(message)).mod(ORDER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  private static BigInteger littleEndian(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }
}
