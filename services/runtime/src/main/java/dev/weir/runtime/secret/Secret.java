package dev.weir.runtime.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A password or passphrase. Thread-safe; {@code toString} says only its length. */
public final class Secret implements AutoCloseable {
  private static final int MAX_FILE_BYTES = 4096;
  private static final int RANDOM_BYTES = 24;

  private final char[] value;

  private Secret(char[] value) {
    this.value = value;
  }

  /** Copies {@code value}; the caller may clear its own array. */
  public static Secret of(char[] value) {
    return new Secret(value.clone());
  }

  public static Secret of(String value) {
    return new Secret(value.toCharArray());
  }

  /** 192 bits in lower-case hexadecimal. */
  public static Secret random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes).toCharArray());
  }

  /**
   * The first line of a file of at most 4,096 bytes.
   *
   * @throws IllegalStateException when the file is longer or empty
   */
  public static Secret read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalStateException("a secret file holds at most 4096 bytes: " + file);
      }
      var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.isEmpty() || lines.getFirst().isEmpty()) {
        throw new IllegalStateException("a secret file is empty: " + file);
      }
      return of(lines.getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException("a secret file cannot be read: " + file, e);
    }
  }

  /** The secret as text, for clients that accept nothing else. */
  @SuppressWarnings("unused") // the purpose is for the reader of the call
  public String reveal(SecretAccess purpose) {
    return new String(value);
  }

  /** A copy that the caller clears. */
  @SuppressWarnings("unused")
  public char[] revealChars(SecretAccess purpose) {
    return value.clone();
  }

  /** Zeroes the memory; later readers get zeroes. */
  @Override
  public void close() {
    Arrays.fill(value, '\0');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            new String(value).getBytes(StandardCharsets.UTF_8),
            new String(secret.value).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[" + value.length + " characters]";
  }
}
