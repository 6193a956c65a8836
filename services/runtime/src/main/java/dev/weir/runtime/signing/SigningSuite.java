package dev.weir.runtime.signing;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * One way to sign. Contracts name it: {@code gm} by default, {@code intl} beside it. Thread-safe.
 *
 * <p>Public keys travel as X.509 SubjectPublicKeyInfo. A server only verifies; {@link #sign} is for
 * the party's own command line and for keys of the log and the bundle.
 */
@SuppressWarnings("ClassInitializationDeadlock") // suites are reached through this alone
public sealed interface SigningSuite permits GmSuite, IntlSuite {
  /** SM2 over SM3, user id 1234567812345678. */
  SigningSuite GM = new GmSuite();

  /** Ed25519; digests are SHA-256. */
  SigningSuite INTL = new IntlSuite();

  /** {@code gm} or {@code intl}. */
  String name();

  KeyPair generate(SecureRandom random);

  /**
   * @param key of this suite
   * @param message whole, not hashed
   */
  byte[] sign(PrivateKey key, byte[] message, SecureRandom random);

  /**
   * Reads a key once, for many signatures.
   *
   * @param publicKey SubjectPublicKeyInfo
   * @return empty unless the bytes are a public key of this suite, and a sound one
   */
  Optional<SignatureVerifier> verifier(byte[] publicKey);

  /**
   * False for a wrong signature, and in the same way for one that is malformed or of another kind.
   *
   * @param publicKey SubjectPublicKeyInfo
   */
  default boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return verifier(publicKey).map(key -> key.verifies(message, signature)).orElse(false);
  }

  /** True when the bytes are a public key of this suite, and a sound one. */
  default boolean accepts(byte[] publicKey) {
    return verifier(publicKey).isPresent();
  }

  /** SM3 or SHA-256, 32 bytes. */
  byte[] digest(byte[] message);

  /**
   * @throws ProblemException of type {@link ProblemType#VALIDATION_FAILED} for another name
   */
  static SigningSuite named(String name) {
    return switch (name) {
      case "gm" -> GM;
      case "intl" -> INTL;
      default ->
          throw new ProblemException(
              ProblemType.VALIDATION_FAILED, "A signing suite is gm or intl.");
    };
  }
}
