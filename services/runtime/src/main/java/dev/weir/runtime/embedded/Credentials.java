package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user of an embedded server and the file that holds its password. Immutable; the password is
 * read from the file each time and is never part of {@code toString}.
 *
 * @param passwordFile a file readable by its owner only, holding nothing but the password
 */
public record Credentials(String username, Path passwordFile) {

  /** The password; secret. */
  public String revealPassword() {
    try {
      return Files.readString(passwordFile, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
