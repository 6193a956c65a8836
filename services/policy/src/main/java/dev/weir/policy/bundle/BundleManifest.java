package dev.weir.policy.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The list of a bundle's files with their SHA-256, in the format of {@code sha256sum}: its bytes
 * are what the Ed25519 signature beside it covers. Immutable.
 */
record BundleManifest(SortedMap<String, String> digests) {
  static final String FILE = "MANIFEST.sha256";
  static final String SIGNATURE_FILE = "MANIFEST.sig";
  static final SortedSet<String> FILES =
      new TreeSet<>(java.util.List.of("bundle.json", "enforcement.json", "operations.json"));

  BundleManifest {
    digests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  static BundleManifest of(BundleSource source) {
    var digests = new TreeMap<String, String>();
    FILES.forEach(name -> digests.put(name, sha256Hex(source.read(name))));
    return new BundleManifest(digests);
  }

  byte[] bytes() {
    var text = new StringBuilder();
    digests.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The files as signed, each compared with its digest. */
  static Map<String, byte[]> verified(BundleSource source, PublicKey trusted) {
    byte[] signed = source.read(FILE);
    if (!signatureHolds(trusted, signed, source.read(SIGNATURE_FILE))) {
      throw new UntrustedBundleException(
          "the bundle's signature does not verify; sign it with compliance/sign-bundle");
    }
    var files = new TreeMap<String, byte[]>();
    FILES.forEach(name -> files.put(name, source.read(name)));
    var digests = new TreeMap<String, String>();
    files.forEach((name, content) -> digests.put(name, sha256Hex(content)));
    if (!MessageDigest.isEqual(new BundleManifest(digests).bytes(), signed)) {
      throw new UntrustedBundleException(
          "a bundle file differs from what was signed; sign it with compliance/sign-bundle");
    }
    return files;
  }

  private static boolean signatureHolds(PublicKey trusted, byte[] signed, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(trusted);
      verifier.update(signed);
      return verifier.verify(
          Base64.getDecoder().decode(new String(signature, StandardCharsets.US_ASCII).strip()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  static String sha256Hex(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
