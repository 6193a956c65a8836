package dev.weir.dap.client;

import dev.weir.dap.wire.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files whose content and whose name survive a power cut. */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Returns once the whole content stands under its name; before that, what was there does. Of
   * several that write at once, the last one's stands.
   */
  public static void write(Path file, Bytes content) throws IOException {
    String mine = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    var part = file.resolveSibling(file.getFileName() + "." + mine + ".part");
    try (var channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = content.toBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    keepName(file);
  }

  /** Makes a file's name as durable as what is behind it. */
  public static void keepName(Path file) throws IOException {
    var directory = file.toAbsolutePath().resolveSibling(".");
    try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
