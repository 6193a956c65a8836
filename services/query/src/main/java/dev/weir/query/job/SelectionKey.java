package dev.weir.query.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The domain's secret by which the rows of a person are chosen when there are more than count. It
 * stays the same for ever: another choice for the same question would be another answer. Immutable.
 */
final class SelectionKey {
  private static final int BYTES = 32;

  private final String secret;

  private SelectionKey(String secret) {
    this.secret = secret;
  }

  /** Reads the key, or makes it, readable by its owner only. */
  static SelectionKey in(Path directory, SecureRandom random) {
    Path file = directory.resolve("selection.key");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(file)) {
        make(file, random);
      }
      String secret = Files.readString(file).strip();
      if (secret.length() != 2 * BYTES) {
        throw new IllegalStateException(
            "the selection key is damaged: restore it from the domain's backup");
      }
      return new SelectionKey(secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Written whole under another name first, so that a kill leaves no half of a key. */
  private static void make(Path file, SecureRandom random) throws IOException {
    byte[] fresh = new byte[BYTES];
    random.nextBytes(fresh);
    Path half =
        Files.createTempFile(
            file.getParent(),
            "selection",
            ".half",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(half, HexFormat.of().formatHex(fresh));
    try {
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException e) {
      // Another instance was first; its key stands.
    } finally {
      Files.delete(half);
    }
  }

  String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "SelectionKey[" + BYTES + " bytes]";
  }
}
