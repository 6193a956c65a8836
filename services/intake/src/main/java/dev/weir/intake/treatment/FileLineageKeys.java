package dev.weir.intake.treatment;

import dev.weir.kernel.LineageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * Keys in files of mode 0600 in a directory of mode 0700, one per lineage; never in a database, a
 * topic or a log. Two processes that make the same key at once agree on one: the file appears whole
 * or not at all.
 */
public final class FileLineageKeys implements LineageKeys {
  private final Path directory;
  private final SecureRandom random;

  public FileLineageKeys(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  @Override
  public LineageKey open(LineageId lineage) {
    Path file = directory.resolve(lineage + ".key");
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (!Files.exists(file)) {
        create(file);
      }
      return new LineageKey(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(Path file) throws IOException {
    Path fresh = directory.resolve(UUID.randomUUID() + ".new");
    var secret = new byte[LineageKey.KEY_BYTES];
    random.nextBytes(secret);
    try (var channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(secret));
      channel.force(true);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its key is the lineage's key.
    } finally {
      Files.delete(fresh);
    }
  }
}
