package dev.weir.intake.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** A private directory that is gone once its work is done. */
public final class WorkDirectory implements AutoCloseable {
  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  /** Makes a directory of mode 0700 below {@code parent}, which is made where needed. */
  public static WorkDirectory below(Path parent) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(parent, ownerOnly);
      return new WorkDirectory(Files.createTempDirectory(parent, "work", ownerOnly));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what killed processes left below {@code parent}. */
  public static void sweep(Path parent) {
    if (Files.isDirectory(parent)) {
      try (var left = Files.list(parent)) {
        left.forEach(WorkDirectory::remove);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    remove(path);
  }

  private static void remove(Path root) {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Somebody else removed it; that is what was wanted.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
