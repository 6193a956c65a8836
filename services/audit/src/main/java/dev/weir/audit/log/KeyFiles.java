package dev.weir.audit.log;

import dev.weir.privacy.merkle.NoteKey;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Signing keys of a log or a witness, in files of mode 0600 that are made at the first start:
 * PKCS#8 in {@code <name>.key}, SubjectPublicKeyInfo in {@code <name>.pub}, both PEM.
 */
public final class KeyFiles {
  private static final Provider GM = new BouncyCastleProvider();

  private KeyFiles() {}

  /** Reads the key pair, or makes it when there is none. */
  public static KeyPair openOrCreate(Path directory, String name, Suite suite, SecureRandom random)
      throws IOException {
    var secretFile = directory.resolve(name + ".key");
    var publicFile = directory.resolve(name + ".pub");
    if (!Files.exists(secretFile)) {
      var pair = suite.signing.generate(random);
      DurableFiles.write(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      DurableFiles.writeSecret(secretFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }
    try {
      return new KeyPair(suite.publicKey(unpem(publicFile)), suite.privateKey(unpem(secretFile)));
    } catch (GeneralSecurityException e) {
      throw new IOException("a key file is damaged: " + name, e);
    }
  }

  /** The key in its one-line form, for others to pin. */
  public static void publish(Path directory, String file, NoteKey key) throws IOException {
    Files.createDirectories(directory);
    DurableFiles.write(
        directory.resolve(file), (key.encode() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a published key; empty when it is absent or malformed. */
  public static Optional<NoteKey> published(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? NoteKey.parse(Files.readString(file).strip())
        : Optional.empty();
  }

  private static byte[] pem(String label, byte[] der) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, body, label)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] unpem(Path file) throws IOException {
    return Base64.getMimeDecoder()
        .decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
  }

  /** What a key is for. */
  public enum Suite {
    ED25519(SigningSuite.INTL),
    SM2(SigningSuite.GM);

    private final SigningSuite signing;

    Suite(SigningSuite signing) {
      this.signing = signing;
    }

    private KeyFactory factory() throws GeneralSecurityException {
      return switch (this) {
        case ED25519 -> KeyFactory.getInstance("Ed25519");
        case SM2 -> KeyFactory.getInstance("EC", GM);
      };
    }

    private PrivateKey privateKey(byte[] der) throws GeneralSecurityException {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private PublicKey publicKey(byte[] der) throws GeneralSecurityException {
      return factory().generatePublic(new X509EncodedKeySpec(der));
    }
  }
}
