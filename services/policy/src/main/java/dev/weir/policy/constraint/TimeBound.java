package dev.weir.policy.constraint;

import java.time.Instant;

/** {@code time}: before or after an instant. */
public record TimeBound(Compare compare, Instant bound) implements Condition {
  @Override
  public Truth test(Atom atom) {
    return Truth.of(compare.holds(atom.environment().now().compareTo(bound)));
  }
}
