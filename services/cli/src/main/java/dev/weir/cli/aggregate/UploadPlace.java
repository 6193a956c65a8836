package dev.weir.cli.aggregate;

import dev.weir.dap.profile.ContributorId;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the journal of one contributor's upload of one file is, named after the file's content: the
 * same rows find their journal again wherever the file lies; other rows never do, nor does another
 * contributor with equal ones.
 *
 * @param rows of the file, for a progress bar
 */
record UploadPlace(Path journal, long rows) {
  private static final String SUFFIX = ".journal";

  /**
   * @param task a directory for everything of one task
   * @param again for a journal of its own though the same content was uploaded before
   */
  static UploadPlace of(Path task, ContributorId contributor, Path file, boolean again)
      throws IOException {
    var sha = digest();
    long rows = 0;
    try (var in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), sha)) {
      int last = '\n';
      for (int read = in.read(); read >= 0; read = in.read()) {
        rows += read == '\n' ? 1 : 0;
        last = read;
      }
      rows += last == '\n' ? 0 : 1;
    }
    OwnerOnly.directory(task);
    Path directory = OwnerOnly.directory(task.resolve(contributor.bytes().hex()));
    String name = HexFormat.of().formatHex(sha.digest());
    int number = 1;
    while (again && Files.exists(journal(directory, name, number))) {
      number++;
    }
    return new UploadPlace(again ? journal(directory, name, number) : last(directory, name), rows);
  }

  /** Where an aggregator's key is kept, for all files of a task. */
  static Path key(Path task, String aggregator) {
    return task.resolve(aggregator + ".hpke");
  }

  /** When the journal was last written; empty for a new one. */
  Optional<Instant> written() throws IOException {
    return Files.exists(journal)
        ? Optional.of(Files.getLastModifiedTime(journal).toInstant())
        : Optional.empty();
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

  /** Of a file's content, lower-case hex. */
  static String sha256(Path file) throws IOException {
    var sha = digest();
    try (var in = new DigestInputStream(Files.newInputStream(file), sha)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
