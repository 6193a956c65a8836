package dev.weir.cli.campaign;

import dev.weir.cli.campaign.check.Acknowledgement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the clients were told, kept outside the system under trial. Thread-safe. */
final class History {
  private final Path file;

  History(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  synchronized void add(Acknowledgement told) {
    try {
      Files.writeString(
          file, told.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
