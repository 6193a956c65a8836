package dev.weir.space.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.space.change.Hand;

/**
 * One party's signature over the RFC 8785 bytes of the terms.
 *
 * @param keyId of a key registered by that party
 * @param publicKey the key as it was when it verified, X.509 SubjectPublicKeyInfo, base64
 * @param signature base64
 */
public record Signature(String keyId, String suite, String publicKey, String signature, Hand by) {
  CreditCode party() {
    return by.party();
  }
}
