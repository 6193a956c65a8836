package dev.weir.aggregation.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often a lane's thread ended and was replaced. One message that ends a thread ends the next
 * one, too, and everything behind it waits: that is no process at work. Thread-safe.
 */
final class ThreadDeaths {
  static final int MOST = 3;
  static final Duration WITHIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Deque<Instant> last = new ArrayDeque<>();

  ThreadDeaths(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add() {
    last.addLast(clock.instant());
    if (last.size() > MOST) {
      last.removeFirst();
    }
  }

  /** True while the last few were close together and the last of them is not long ago. */
  synchronized boolean areFrequent() {
    return last.size() == MOST && last.getFirst().plus(WITHIN).isAfter(clock.instant());
  }
}
