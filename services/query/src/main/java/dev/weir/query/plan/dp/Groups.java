package dev.weir.query.plan.dp;

import java.util.List;

/**
 * Which groups a dp answer has.
 *
 * @param domains per key: the values it can take in textual form, distinct, in declared order;
 *     empty for a key whose values are selected privately
 * @param selection how groups are found when a key has no domain
 */
public record Groups(List<List<String>> domains, Selection selection) {
  public Groups {
    domains = domains.stream().map(List::copyOf).toList();
  }

  /** How groups come about. */
  public sealed interface Selection {
    /** Every combination of the declared values has a row, empty ones included. */
    record Declared() implements Selection {}

    /**
     * A group is shown when its noisy count reaches the threshold, so that a group that rests on
     * one unit appears with probability at most δ.
     */
    record Private(long threshold) implements Selection {}
  }

  /** Number of rows of a declared answer. */
  public long cells() {
    return domains.stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
  }
}
