package dev.weir.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whole files that survive power loss: written beside, synced, renamed over, directory synced. A
 * reader sees the old content or the new, never a part. Thread-safe for different files.
 */
public final class DurableFiles {
  public static final String TEMPORARY = ".tmp";

  private DurableFiles() {}

  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, new FileAttribute<?>[0]);
  }

  /** Readable and writable by the owner alone. */
  public static void writeSecret(Path file, byte[] content) throws IOException {
    write(
        file,
        content,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void write(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    createDirectories(parent(file));
    var beside = file.resolveSibling(file.getFileName() + TEMPORARY);
    Files.deleteIfExists(beside);
    Files.createFile(beside, attributes);
    try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent(file));
  }

  /** Creates what is missing, and syncs each parent so that the entry survives. */
  static void createDirectories(Path directory) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path at = directory; !Files.isDirectory(at); at = parent(at)) {
      missing.add(at);
    }
    for (Path path : missing.reversed()) {
      Files.createDirectories(path);
      sync(parent(path));
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "not the root of the disk");
  }

  private static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
