package dev.weir.runtime.signing;

import dev.weir.runtime.secret.Secret;
import dev.weir.runtime.secret.SecretAccess;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A party's private key on its own disk: PKCS#8 in PEM, encrypted with PBES2 (PBKDF2 with
 * HMAC-SHA-256 and 600,000 rounds, AES-256-CBC), readable by its owner alone. {@code openssl pkey}
 * reads it too.
 */
public final class PrivateKeyFile {
  private static final int ROUNDS = 600_000;
  private static final int MAX_FILE_BYTES = 16_384;

  private PrivateKeyFile() {}

  /**
   * Creates the file with mode 0600.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one; a key is never overwritten
   */
  public static void write(Path file, PrivateKey key, Secret passphrase, SecureRandom random)
      throws IOException {
    String pem = encrypt(key, passphrase, random);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(file, ownerOnly);
    Files.writeString(file, pem, StandardOpenOption.WRITE);
  }

  /**
   * @throws IOException when the file is no encrypted key or the passphrase is another; the message
   *     does not tell which
   */
  public static PrivateKey read(Path file, Secret passphrase) throws IOException {
    if (Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException("a key file holds at most " + MAX_FILE_BYTES + " bytes");
    }
    char[] chars = passphrase.revealChars(SecretAccess.KEY_FILE);
    try (var parser =
        new PEMParser(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
      if (!(parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo encrypted)) {
        throw new IOException("the key file cannot be opened");
      }
      var decryptor =
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(chars);
      return converter(encrypted, decryptor);
    } catch (PKCSException | OperatorCreationException | PEMException e) {
      throw new IOException("the key file cannot be opened");
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static PrivateKey converter(
      PKCS8EncryptedPrivateKeyInfo encrypted, org.bouncycastle.operator.InputDecryptorProvider how)
      throws PKCSException, PEMException {
    var key = encrypted.decryptPrivateKeyInfo(how);
    var converter = new JcaPEMKeyConverter();
    boolean curve =
        key.getPrivateKeyAlgorithm()
            .getAlgorithm()
            .equals(org.bouncycastle.asn1.x9.X9ObjectIdentifiers.id_ecPublicKey);
    // Ed25519 keys stay with the JDK, which verifies and signs them.
    return (curve ? converter.setProvider(new BouncyCastleProvider()) : converter)
        .getPrivateKey(key);
  }

  private static String encrypt(PrivateKey key, Secret passphrase, SecureRandom random)
      throws IOException {
    char[] chars = passphrase.revealChars(SecretAccess.KEY_FILE);
    try (var text = new StringWriter();
        var writer = new JcaPEMWriter(text)) {
      var encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(org.bouncycastle.openssl.PKCS8Generator.AES_256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPRF(
                  new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                      PKCSObjectIdentifiers.id_hmacWithSHA256,
                      org.bouncycastle.asn1.DERNull.INSTANCE))
              .setIterationCount(ROUNDS)
              .setRandom(random)
              .setPassword(chars)
              .build();
      writer.writeObject(new JcaPKCS8Generator(key, encryptor).generate());
      writer.flush();
      return text.toString();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }
}
