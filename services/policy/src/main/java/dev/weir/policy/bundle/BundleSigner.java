package dev.weir.policy.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Signs a bundle directory, for maintainers: {@code compliance/sign-bundle}. The private key stays
 * in a file of the signer's own that nobody else can read; it never enters the repository.
 */
public final class BundleSigner {
  private BundleSigner() {}

  /**
   * Writes manifest and signature beside the files of the bundle.
   *
   * @return SHA-256 of the manifest, lower-case hex
   */
  public static String sign(Path directory, PrivateKey key) {
    byte[] manifest = BundleManifest.of(BundleSource.directory(directory)).bytes();
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(manifest);
      Files.write(directory.resolve(BundleManifest.FILE), manifest);
      Files.writeString(
          directory.resolve(BundleManifest.SIGNATURE_FILE),
          Base64.getEncoder().encodeToString(signer.sign()) + "\n");
    } catch (GeneralSecurityException | IOException e) {
      throw new UntrustedBundleException("the bundle cannot be signed", e);
    }
    return BundleManifest.sha256Hex(manifest);
  }

  /**
   * Makes a new key: the private half into {@code keyFile} (mode 0600, not overwritten), the public
   * half into {@code publicFile}, which becomes the trusted one.
   */
  public static void newKey(Path keyFile, Path publicFile, SecureRandom random)
      throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, random);
    KeyPair pair = generator.generateKeyPair();
    if (keyFile.getParent() != null) {
      Files.createDirectories(keyFile.getParent());
    }
    Files.createFile(
        keyFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(publicFile, publicPem(pair.getPublic()));
  }

  static String publicPem(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  private static String pem(String title, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(title, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), title);
  }

  private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("Ed25519")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  /**
   * @param arguments bundle directory, private key file, public key file, and optionally {@code
   *     --new-key}
   */
  public static void main(String... arguments) throws IOException, GeneralSecurityException {
    Path directory = Path.of(arguments[0]);
    Path keyFile = Path.of(arguments[1]);
    Path publicFile = Path.of(arguments[2]);
    if (arguments.length > 3 && arguments[3].equals("--new-key")) {
      newKey(keyFile, publicFile, new SecureRandom());
    }
    String digest = sign(directory, readKey(keyFile));
    BundleManifest.verified(BundleSource.directory(directory), BundleKeys.read(publicFile));
    System.out.println("signed, manifest " + digest);
  }
}
