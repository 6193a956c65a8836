package dev.weir.privacy.hpke;

import dev.weir.privacy.curve.X25519;
import java.security.GeneralSecurityException;

/** Opens messages sealed to one key for one purpose. Thread-safe. */
public final class HpkeRecipient {
  private final HpkePrivateKey key;
  private final Aead aead;
  private final KeySchedule schedule;
  private final byte[] publicKey;

  /**
   * @param key owned by the caller, who closes it after the last use
   * @param info what the messages are for; sender and recipient have the same bytes
   */
  public HpkeRecipient(HpkePrivateKey key, Aead aead, byte[] info) {
    this.key = key;
    this.aead = aead;
    this.schedule = new KeySchedule(aead, info);
    this.publicKey = key.publicKey().bytes();
  }

  /**
   * @param encapsulated the sender's ephemeral public key
   * @param aad what was authenticated with the message
   * @return the plaintext
   * @throws HpkeOpenException always the same, whatever was wrong
   */
  public byte[] open(byte[] encapsulated, byte[] aad, byte[] ciphertext) throws HpkeOpenException {
    if (encapsulated.length != X25519.BYTES || ciphertext.length < Aead.TAG_BYTES) {
      throw new HpkeOpenException();
    }
    var hkdf = new Hkdf();
    var secret =
        Dhkem.sharedSecret(hkdf, key.open(), encapsulated, encapsulated, publicKey)
            .orElseThrow(HpkeOpenException::new);
    var keys = schedule.keys(hkdf, secret);
    try {
      return aead.open(keys.key(), keys.nonce(), aad, ciphertext);
    } catch (GeneralSecurityException e) {
      throw new HpkeOpenException();
    }
  }
}
