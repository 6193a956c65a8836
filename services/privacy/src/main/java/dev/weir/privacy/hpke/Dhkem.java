package dev.weir.privacy.hpke;

import dev.weir.privacy.curve.X25519;

/** DHKEM(X25519, HKDF-SHA256), RFC 9180 §4.1. */
final class Dhkem {
  static final int ID = 0x0020;

  private static final byte[] SUITE_ID = {'K', 'E', 'M', 0, ID};
  private static final byte[] EMPTY = {};

  private Dhkem() {}

  static byte[] deriveKey(byte[] inputKeyMaterial) {
    var hkdf = new Hkdf();
    var key = hkdf.labeledExtract(SUITE_ID, EMPTY, "dkp_prk", inputKeyMaterial);
    return hkdf.labeledExpand(SUITE_ID, key, "sk", EMPTY, X25519.BYTES);
  }

  /**
   * The shared secret of both directions.
   *
   * @param mine a private key
   * @param theirs a public key
   * @return empty when the public key has a small order, so that the secret would be none
   */
  static java.util.Optional<byte[]> sharedSecret(
      Hkdf hkdf, byte[] mine, byte[] theirs, byte[] encapsulated, byte[] recipient) {
    var point = X25519.multiply(mine, theirs);
    int any = 0;
    for (byte b : point) {
      any |= b;
    }
    if (any == 0) {
      return java.util.Optional.empty();
    }
    var key = hkdf.labeledExtract(SUITE_ID, EMPTY, "eae_prk", point);
    var context = Hkdf.concat(encapsulated, recipient);
    return java.util.Optional.of(
        hkdf.labeledExpand(SUITE_ID, key, "shared_secret", context, Hkdf.HASH_BYTES));
  }
}
