package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A directory of random passwords, one file each, readable by the owner only. Thread-safe: a name
 * gets its password once and keeps it.
 */
public final class SecretStore {
  private static final int PASSWORD_BYTES = 24;

  private final Path directory;
  private final SecureRandom random;

  public SecretStore(Path directory, SecureRandom random) {
    this.directory = OwnerOnly.directory(directory);
    this.random = random;
  }

  /**
   * The user's credentials; makes a random password of 192 bits when it has none yet.
   *
   * @param realm which server the user belongs to, such as {@code kafka}; part of the file name
   */
  public synchronized Credentials of(String realm, String username) {
    Path file = directory.resolve(realm + "-" + username);
    if (!Files.exists(file)) {
      OwnerOnly.write(file, newPassword());
    }
    return new Credentials(username, file);
  }

  /** Replaces the password and returns the credentials that now hold. */
  public synchronized Credentials rotate(String realm, String username) {
    Path file = directory.resolve(realm + "-" + username);
    OwnerOnly.write(file, newPassword());
    return new Credentials(username, file);
  }

  /** Adopts a password that another store made, as when a prepared directory is copied. */
  public synchronized Credentials adopt(String realm, Credentials from) {
    Path file = directory.resolve(realm + "-" + from.username());
    OwnerOnly.write(file, from.revealPassword());
    return new Credentials(from.username(), file);
  }

  public Path directory() {
    return directory;
  }

  private String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SecretStore[" + directory + "]";
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
