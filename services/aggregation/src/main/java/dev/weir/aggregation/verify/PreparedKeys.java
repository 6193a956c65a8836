package dev.weir.aggregation.verify;

import dev.weir.aggregation.task.Contributor;
import dev.weir.dap.id.Base64Url;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.curve.Ed25519Verifier;
import dev.weir.runtime.signing.SignatureVerifier;
import dev.weir.runtime.signing.SigningSuite;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks signatures with keys that are read and prepared once, not for each report; the keys used
 * last are kept, a few KiB each. Says the same as {@link Contributor#signed}. Thread-safe.
 */
public final class PreparedKeys implements SignatureCheck {
  private static final int MOST = 10_000;
  private static final float LOAD = 0.75f;
  private static final SignatureVerifier NONE = (message, signature) -> false;

  private final Map<Contributor, SignatureVerifier> prepared =
      new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Contributor, SignatureVerifier> eldest) {
          return size() > MOST;
        }
      };

  @Override
  public boolean signed(Contributor contributor, Bytes statement, Bytes signature) {
    return verifier(contributor).verifies(statement.toArray(), signature.toArray());
  }

  private SignatureVerifier verifier(Contributor contributor) {
    synchronized (prepared) {
      var known = prepared.get(contributor);
      if (known != null) {
        return known;
      }
    }
    var fresh = prepare(contributor); // not under the lock: it takes a fraction of a millisecond
    synchronized (prepared) {
      prepared.put(contributor, fresh);
    }
    return fresh;
  }

  private static SignatureVerifier prepare(Contributor contributor) {
    byte[] key = Base64Url.decode(contributor.publicKey()).toArray();
    var suite = SigningSuite.named(contributor.suite());
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
