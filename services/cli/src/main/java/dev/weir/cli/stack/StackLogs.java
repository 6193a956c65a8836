package dev.weir.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log files of one stack. */
final class StackLogs {
  private static final long KEEP_BYTES = 16L * 1024 * 1024;

  private StackLogs() {}

  /** Sets a log aside that has grown past 16 MiB; only while the stack is down. */
  static void rotate(StackState state) {
    for (Path log : files(state)) {
      try {
        if (Files.size(log) > KEEP_BYTES) {
          Files.move(
              log,
              log.resolveSibling(log.getFileName() + ".old"),
              StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static List<Path> files(StackState state) {
    if (!Files.isDirectory(state.logs())) {
      return List.of();
    }
    try (var entries = Files.list(state.logs())) {
      return entries.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
