package dev.weir.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a command reads before it calls a service. */
final class InputText {
  private InputText() {}

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /**
   * Without the mark that some editors begin UTF-8 with.
   *
   * @param file {@code -} reads standard input
   */
  static byte[] bytes(Path file) throws IOException {
    byte[] bytes =
        file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
    boolean marked =
        bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    return marked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
  }
}
