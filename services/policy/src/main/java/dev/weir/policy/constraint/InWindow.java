package dev.weir.policy.constraint;

import java.time.Instant;
import java.util.Set;

/**
 * {@code timeWindow}: inside one of the windows, or outside all of them.
 *
 * @param inside which of the two
 */
public record InWindow(boolean inside, Set<TimeWindow> windows) implements Condition {
  public InWindow {
    windows = Set.copyOf(windows);
  }

  @Override
  public Truth test(Atom atom) {
    Instant now = atom.environment().now();
    boolean found = false;
    for (TimeWindow window : windows) {
      found |= window.contains(now);
    }
    return Truth.of(found == inside);
  }
}
