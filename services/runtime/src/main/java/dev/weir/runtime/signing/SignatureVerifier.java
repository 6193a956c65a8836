package dev.weir.runtime.signing;

/** Verifies the signatures of one public key. Thread-safe. */
@FunctionalInterface
public interface SignatureVerifier {
  /**
   * False for a wrong signature, and in the same way for one that is malformed.
   *
   * @param message whole, not hashed
   */
  boolean verifies(byte[] message, byte[] signature);
}
