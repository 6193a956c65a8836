package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for another process, which offers nothing better than being asked again. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int TAIL_BYTES = 1200;

  private Waiting() {}

  /**
   * Asks every 20 ms.
   *
   * @return false when the condition did not hold within the limit or the thread was interrupted
   */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }

  /** The last lines of a log, for a message; empty when there is none. */
  public static String tail(Path log) {
    if (!Files.exists(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
