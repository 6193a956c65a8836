package dev.weir.space.participant;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.signing.SigningSuite;
import java.util.Base64;

/** Verifies signatures with public keys; signs nothing. Stateless. */
public final class SignatureCheck {
  private static final int MAX_BASE64_CHARACTERS = 4_096;

  /**
   * @param publicKey X.509 SubjectPublicKeyInfo, base64
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} when it is no key of the
   *     suite
   */
  void requireKey(String suite, String publicKey) {
    if (!SigningSuite.named(suite).accepts(decode(publicKey))) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The public key is not a SubjectPublicKeyInfo of the suite, in base64.");
    }
  }

  /**
   * @param signature base64
   * @throws ProblemException of type {@link ProblemType#SIGNATURE_INVALID}, for whatever is wrong
   *     with it
   */
  public void require(String suite, String publicKey, byte[] message, String signature) {
    if (!SigningSuite.named(suite).verify(decode(publicKey), message, decode(signature))) {
      throw invalid();
    }
  }

  private static byte[] decode(String base64) {
    if (base64.length() > MAX_BASE64_CHARACTERS) {
      throw invalid();
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.SIGNATURE_INVALID, "The signature does not verify with this key.");
  }
}
