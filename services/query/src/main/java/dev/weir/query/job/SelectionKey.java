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
      byte[] fresh = new byte[BYTES];
      random.nextBytes(fresh);
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(fresh));
      } catch (FileAlreadyExistsException e) {
        // Made at an earlier start.
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

  String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "SelectionKey[" + BYTES + " bytes]";
  }
}
