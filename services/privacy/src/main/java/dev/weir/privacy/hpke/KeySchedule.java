package dev.weir.privacy.hpke;

/**
 * The key schedule of RFC 9180 §5.1 in base mode for one suite and info; what does not depend on
 * the shared secret is computed once. Immutable and thread-safe.
 */
final class KeySchedule {
  private static final int KDF_ID = 0x0001;
  private static final byte BASE_MODE = 0;
  private static final byte[] EMPTY = {};

  private final Aead aead;
  private final byte[] suiteId;
  private final byte[] context;

  KeySchedule(Aead aead, byte[] info) {
    this.aead = aead;
    this.suiteId = new byte[] {'H', 'P', 'K', 'E', 0, Dhkem.ID, 0, KDF_ID, 0, (byte) aead.id()};
    var hkdf = new Hkdf();
    this.context =
        Hkdf.concat(
            new byte[] {BASE_MODE},
            hkdf.labeledExtract(suiteId, EMPTY, "psk_id_hash", EMPTY),
            hkdf.labeledExtract(suiteId, EMPTY, "info_hash", info));
  }

  /** Key and nonce of the first message; there is no second. */
  static final class Keys {
    private final byte[] key;
    private final byte[] nonce;

    Keys(byte[] key, byte[] nonce) {
      this.key = key;
      this.nonce = nonce;
    }

    byte[] key() {
      return key;
    }

    byte[] nonce() {
      return nonce;
    }
  }

  Keys keys(Hkdf hkdf, byte[] sharedSecret) {
    var secret = hkdf.labeledExtract(suiteId, sharedSecret, "secret", EMPTY);
    return new Keys(
        hkdf.labeledExpand(suiteId, secret, "key", context, aead.keyBytes()),
        hkdf.labeledExpand(suiteId, secret, "base_nonce", context, Aead.NONCE_BYTES));
  }
}
