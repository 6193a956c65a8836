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
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  private static final int TAIL_BYTES = 1200;

  private Waiting() {}

  /**
   * Asks every 20 ms at first, and the more seldom the longer it takes, down to four times a
   * second: who waits for a slow start takes no processor from it.
   *
   * @return false when the condition did not hold within the limit or the thread was interrupted
   */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waited = System.nanoTime() - start;
      if (waited > limit.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(pause(Duration.ofNanos(waited)).toNanos());
    }
    return true;
  }

  /** A tenth of the time waited already, within bounds. */
  static Duration pause(Duration waited) {
    Duration tenth = waited.dividedBy(10);
    if (tenth.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return tenth.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : tenth;
  }

  /** The last whole lines of a log, for a message; empty when there is none. */
  public static String tail(Path log) {
    if (!Files.exists(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
      file.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      boolean cut = file.length() > TAIL_BYTES;
      return cut ? text.substring(text.indexOf('\n') + 1) : text;
    } catch (IOException e) {
      return "";
    }
  }
}
