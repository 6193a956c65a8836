package dev.weir.cli.stack;

import java.time.Duration;
import java.util.List;

/**
 * Starts parts of a running stack again whose process ended without being told to: a database that
 * was killed stays away for seconds, not until somebody looks. Confined to one thread.
 */
final class PartKeeper {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A part that does not come up must not keep the machine busy with trying. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private final Stack stack;
  private final StackReporter reporter;

  PartKeeper(Stack stack, StackReporter reporter) {
    this.stack = stack;
    this.reporter = reporter;
  }

  /** Looks until the thread is interrupted or the JVM ends. */
  void keep() throws InterruptedException {
    while (true) {
      Thread.sleep(look() ? LOOK : AFTER_FAILURE);
    }
  }

  /** Whether everything runs now. */
  private boolean look() {
    List<String> ended = stack.ended();
    if (ended.isEmpty()) {
      return true;
    }
    boolean all = true;
    for (String part : ended) {
      reporter.step(part + " ended and starts again");
      all &= restarted(part);
    }
    if (all && answers()) {
      reporter.ready();
      return true;
    }
    return false;
  }

  /** Whoever is told that the stack is ready may log in. */
  private boolean answers() {
    try {
      stack.awaitLogins();
      return true;
    } catch (RuntimeException e) {
      System.err.println("nobody can log in: " + e.getMessage());
      return false;
    }
  }

  private boolean restarted(String part) {
    try {
      stack.restart(part);
      reporter.ready(part);
      return true;
    } catch (RuntimeException e) {
      System.err.println(part + " does not start again: " + e.getMessage());
      return false;
    }
  }
}
