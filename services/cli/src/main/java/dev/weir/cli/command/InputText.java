package dev.weir.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command reads before it calls a service. */
final class InputText {
  private InputText() {}

  /**
   * @param file {@code -} reads standard input
   */
  static byte[] bytes(Path file) throws IOException {
    return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
  }
}
