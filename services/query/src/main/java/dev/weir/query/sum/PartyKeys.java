package dev.weir.query.sum;

import dev.weir.privacy.curve.Ed25519Verifier;
import dev.weir.runtime.signing.SignatureVerifier;
import dev.weir.runtime.signing.SigningSuite;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks signatures of a task's parties with keys that are read and prepared once, not for each
 * input. Says the same as {@link SumParty#signed}. Keeps a few KiB for each party that it was asked
 * about, so it is asked about parties of known tasks only. Thread-safe.
 */
final class PartyKeys {
  private static final SignatureVerifier NONE = (message, signature) -> false;

  private final Map<SumParty, SignatureVerifier> prepared = new ConcurrentHashMap<>();

  /**
   * Whether the party signed the bytes; false too for what is no signature at all.
   *
   * @param signature base64
   */
  boolean signed(SumParty party, byte[] message, String signature) {
    try {
      return prepared
          .computeIfAbsent(party, PartyKeys::prepare)
          .verifies(message, Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false; // not base64
    }
  }

  private static SignatureVerifier prepare(SumParty party) {
    byte[] key = Base64.getDecoder().decode(party.publicKey());
    var suite = SigningSuite.named(party.suite());
    var verifier = suite.equals(SigningSuite.INTL) ? ed25519(key) : suite.verifier(key);
    return verifier.orElse(NONE);
  }

  /** The key is what ends the SubjectPublicKeyInfo, which the suite accepted. */
  private static Optional<SignatureVerifier> ed25519(byte[] info) {
    return Ed25519Verifier.of(
            Arrays.copyOfRange(info, info.length - Ed25519Verifier.KEY_BYTES, info.length))
        .map(key -> key::verifies);
  }
}
