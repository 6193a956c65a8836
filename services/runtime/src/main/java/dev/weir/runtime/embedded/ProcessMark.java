package dev.weir.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Names one process for ever: its number and the moment it started, in milliseconds since 1970. A
 * number that the system gave to another process later does not match, so a foreign process is
 * never stopped. Immutable.
 */
public record ProcessMark(long pid, long startedAtMillis) {

  public static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(process.pid(), startOf(process));
  }

  public static ProcessMark current() {
    return of(ProcessHandle.current());
  }

  /** Reads a mark written by {@link #write}; empty when the file is absent or half-written. */
  public static Optional<ProcessMark> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String[] parts = Files.readString(file).strip().split(" ", -1);
      return parts.length == 2
          ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(Path file) {
    OwnerOnly.write(file, pid + " " + startedAtMillis + "\n");
  }

  /** The process while it lives; empty once it ended, even when its number is in use again. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(handle -> runs(handle) && startOf(handle) == startedAtMillis);
  }

  public boolean alive() {
    return process().isPresent();
  }

  /**
   * Asks the process to end, and kills it and its children when it is still there after {@code
   * patience}.
   */
  public void stop(Duration patience) {
    process().ifPresent(handle -> stop(handle, patience));
  }

  static void stop(ProcessHandle handle, Duration patience) {
    var children = handle.descendants().toList();
    handle.destroy();
    if (!ended(handle, patience)) {
      handle.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      ended(handle, Duration.ofSeconds(5));
    }
  }

  static boolean ended(ProcessHandle handle, Duration patience) {
    return Waiting.until(patience, () -> !runs(handle));
  }

  /**
   * A process that ended stays in the table until its parent asks for it, which the first process
   * of a container may never do; Java calls that alive.
   */
  public static boolean runs(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    Path process = Path.of("/proc", Long.toString(handle.pid()));
    try (var threads = Files.list(process.resolve("task"))) {
      String stat = Files.readString(process.resolve("stat"));
      int state = stat.lastIndexOf(')') + 2;
      boolean ended = state < stat.length() && "ZX".indexOf(stat.charAt(state)) >= 0;
      // While other threads are still on their way out they hold files and locks.
      return !ended || threads.count() > 1;
    } catch (IOException e) {
      return handle.isAlive();
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }
}
