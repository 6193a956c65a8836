package dev.weir.privacy.hpke;

import java.security.SecureRandom;

/** Seals messages to one public key for one purpose. Thread-safe. */
public final class HpkeSender {
  private final byte[] recipient;
  private final Aead aead;
  private final KeySchedule schedule;

  /**
   * @param info what the messages are for; sender and recipient have the same bytes
   */
  public HpkeSender(HpkePublicKey recipient, Aead aead, byte[] info) {
    this.recipient = recipient.bytes();
    this.aead = aead;
    this.schedule = new KeySchedule(aead, info);
  }

  /**
   * Seals one message under a fresh ephemeral key.
   *
   * @throws IllegalArgumentException when the recipient's key is of a small order
   */
  public HpkeSealed seal(byte[] aad, byte[] plaintext, SecureRandom random) {
    try (var ephemeral = HpkePrivateKey.random(random)) {
      return seal(ephemeral, aad, plaintext);
    }
  }

  HpkeSealed seal(HpkePrivateKey ephemeral, byte[] aad, byte[] plaintext) {
    var hkdf = new Hkdf();
    var encapsulated = ephemeral.publicKey().bytes();
    var secret =
        Dhkem.sharedSecret(hkdf, ephemeral.open(), recipient, encapsulated, recipient)
            .orElseThrow(() -> new IllegalArgumentException("a public key of a small order"));
    var keys = schedule.keys(hkdf, secret);
    return new HpkeSealed(encapsulated, aead.seal(keys.key(), keys.nonce(), aad, plaintext));
  }
}
