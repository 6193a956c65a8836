package dev.weir.cli.aggregate;

import dev.weir.runtime.embedded.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the journal of one file's upload is, named after the file's content: the same rows find
 * their journal again wherever the file lies, and other rows never do.
 *
 * @param rows of the file, for a progress bar
 */
record UploadPlace(Path journal, long rows) {
  private static final String SUFFIX = ".journal";

  /**
   * @param again for a journal of its own though the same content was uploaded before
   */
  static UploadPlace of(Path directory, Path file, boolean again) throws IOException {
    var sha = sha256();
    long rows = 0;
    try (var in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), sha)) {
      int last = '\n';
      for (int read = in.read(); read >= 0; read = in.read()) {
        rows += read == '\n' ? 1 : 0;
        last = read;
      }
      rows += last == '\n' ? 0 : 1;
    }
    OwnerOnly.directory(directory);
    String name = HexFormat.of().formatHex(sha.digest());
    int number = 1;
    while (again && Files.exists(journal(directory, name, number))) {
      number++;
    }
    return new UploadPlace(again ? journal(directory, name, number) : last(directory, name), rows);
  }

  /** Where an aggregator's key is kept: beside the journals of all files of the task. */
  Path key(String aggregator) {
    return journal.resolveSibling(aggregator + ".hpke");
  }

  /** The newest one: what {@code --again} began is gone on with without it. */
  private static Path last(Path directory, String name) {
    int number = 1;
    while (Files.exists(journal(directory, name, number + 1))) {
      number++;
    }
    return journal(directory, name, number);
  }

  private static Path journal(Path directory, String name, int number) {
    return directory.resolve(name + "-" + number + SUFFIX);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
