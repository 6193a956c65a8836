package dev.weir.cli.client;

import dev.weir.runtime.json.Json;
import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.signing.PrivateKeyFile;
import dev.weir.runtime.signing.SigningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A party's signing key on its own disk: the private half in an encrypted file, the public half in
 * the clear beside it, named with {@code .pub}. No service ever sees the private half. Thread-safe.
 */
public final class PartyKey {
  private static final int KEY_ID_CHARACTERS = 32;
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private final SigningSuite suite;
  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private PartyKey(SigningSuite suite, PrivateKey privateKey, byte[] publicKey) {
    this.suite = suite;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Makes a key and writes both files.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one; keys are never overwritten
   */
  public static PartyKey generate(
      SigningSuite suite, Path file, Secret passphrase, SecureRandom random) throws IOException {
    var pair = suite.generate(random);
    PrivateKeyFile.write(file, pair.getPrivate(), passphrase, random);
    byte[] spki = pair.getPublic().getEncoded();
    Files.writeString(
        publicFile(file),
        BEGIN + "\n" + Base64.getMimeEncoder().encodeToString(spki) + "\n" + END + "\n");
    return new PartyKey(suite, pair.getPrivate(), spki);
  }

  /**
   * @throws IOException when a file is absent or damaged, or the passphrase is another
   */
  public static PartyKey read(Path file, Secret passphrase) throws IOException {
    byte[] spki = readPublic(publicFile(file));
    var suite = SigningSuite.GM.accepts(spki) ? SigningSuite.GM : SigningSuite.INTL;
    return new PartyKey(suite, PrivateKeyFile.read(file, passphrase), spki);
  }

  /** {@code gm} or {@code intl}. */
  public String suite() {
    return suite.name();
  }

  /** X.509 SubjectPublicKeyInfo, base64. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(publicKey);
  }

  /** What the space calls the key: the start of the SHA-256 of its public half. */
  public String keyId() {
    return Json.sha256Hex(publicKey).substring(0, KEY_ID_CHARACTERS);
  }

  /** The signature over the bytes exactly as they stand, base64. */
  public String sign(byte[] message) {
    return Base64.getEncoder().encodeToString(signature(message));
  }

  /** The SubjectPublicKeyInfo of the public half. */
  public byte[] publicKeyBytes() {
    return publicKey.clone();
  }

  /** As {@link #sign}, as bytes. */
  public byte[] signature(byte[] message) {
    return suite.sign(privateKey, message, new SecureRandom());
  }

  private static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  private static byte[] readPublic(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IOException("there is no public key in " + file);
    }
    try {
      return Base64.getMimeDecoder()
          .decode(text.substring(BEGIN.length(), text.length() - END.length()));
    } catch (IllegalArgumentException e) {
      throw new IOException("there is no public key in " + file, e);
    }
  }
}
