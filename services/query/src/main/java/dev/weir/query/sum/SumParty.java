package dev.weir.query.sum;

import dev.weir.kernel.CreditCode;
import dev.weir.runtime.signing.SigningSuite;
import java.util.Base64;

/**
 * Who signs in a task.
 *
 * @param party the legal person
 * @param suite {@code gm} or {@code intl}
 * @param publicKey SubjectPublicKeyInfo, base64
 */
public record SumParty(CreditCode party, String suite, String publicKey) {

  /**
   * @throws IllegalArgumentException when the key is none of the suite
   */
  public SumParty {
    if (!SigningSuite.named(suite).accepts(Base64.getDecoder().decode(publicKey))) {
      throw new IllegalArgumentException("a party of a task has a public key of its suite");
    }
  }

  /**
   * Whether the party signed the bytes; false too for what is no signature at all.
   *
   * @param signature base64
   */
  boolean signed(byte[] message, String signature) {
    try {
      return SigningSuite.named(suite)
          .verify(
              Base64.getDecoder().decode(publicKey),
              message,
              Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false; // not base64
    }
  }
}
