package dev.weir.policy.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public keys a bundle may be signed with, as PEM SubjectPublicKeyInfo of Ed25519. */
public final class BundleKeys {
  static final String BUILT_IN = "bundle-signing.pub";

  private BundleKeys() {}

  /** The maintainers' key, part of this module and not of the bundle. */
  public static PublicKey builtIn() {
    try (InputStream in = BundleKeys.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new UntrustedBundleException("the built-in bundle key is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UntrustedBundleException("the built-in bundle key cannot be read", e);
    }
  }

  /** The key of an installation that writes bundles of its own. */
  public static PublicKey read(Path pem) {
    try {
      return parse(Files.readString(pem, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UntrustedBundleException("the bundle key cannot be read", e);
    }
  }

  static PublicKey parse(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UntrustedBundleException("the bundle key is not an Ed25519 public key", e);
    }
  }
}
