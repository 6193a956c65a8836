package dev.weir.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory of one benchmark, readable by its owner only and removed with all it holds. Its name
 * carries the process, so that the next run removes what a killed one left; a database server that
 * outlived its parent ends by itself once its directory is gone.
 */
public final class Scratch implements AutoCloseable {
  private static final String PREFIX = "bench-";

  private final Path path;

  private Scratch(Path path) {
    this.path = path;
  }

  static Scratch below(Path parent) {
    try {
      Files.createDirectories(parent);
      sweep(parent);
      String prefix = PREFIX + ProcessHandle.current().pid() + "-";
      return new Scratch(Files.createTempDirectory(parent, prefix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (var left = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (Path directory : left) {
        long pid = Long.parseLong(directory.getFileName().toString().split("-", 3)[1]);
        if (ProcessHandle.of(pid).isEmpty()) {
          new Scratch(directory).close();
        }
      }
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (var files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
