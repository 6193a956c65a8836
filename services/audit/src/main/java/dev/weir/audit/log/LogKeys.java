package dev.weir.audit.log;

import dev.weir.privacy.merkle.Ed25519Note;
import dev.weir.privacy.merkle.NoteSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The two signers of a log: Ed25519 for the SHA-256 tree, SM2 for the twin. Thread-safe.
 *
 * @param directory holds the key files, {@code log.vkey} and {@code log-sm3.vkey}
 */
public record LogKeys(Path directory, NoteSigner signer, NoteSigner twinSigner) {
  public static final String KEY_FILE = "log.vkey";
  public static final String TWIN_KEY_FILE = "log-sm3.vkey";

  /**
   * Reads the keys, making them at the first start.
   *
   * @param origin of the log; both keys carry it as their name
   */
  public static LogKeys open(Path directory, String origin, SecureRandom random)
      throws IOException {
    var main = KeyFiles.openOrCreate(directory, "log", KeyFiles.Suite.ED25519, random);
    var twin = KeyFiles.openOrCreate(directory, "log-sm3", KeyFiles.Suite.SM2, random);
    var keys =
        new LogKeys(
            directory,
            Ed25519Note.signer(origin, main.getPrivate(), main.getPublic()),
            Sm2Note.signer(
                origin + Trees.TWIN_SUFFIX,
                twin.getPrivate(),
                twin.getPublic().getEncoded(),
                random));
    keys.publishIn(directory);
    return keys;
  }

  /** Publishes the public keys once more, where others may read. */
  public void publishIn(Path other) throws IOException {
    KeyFiles.publish(other, KEY_FILE, signer.key());
    KeyFiles.publish(other, TWIN_KEY_FILE, twinSigner.key());
  }

  public String origin() {
    return signer.key().name();
  }
}
