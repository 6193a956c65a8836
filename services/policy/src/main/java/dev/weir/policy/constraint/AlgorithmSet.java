package dev.weir.policy.constraint;

import java.util.Collections;
import java.util.Set;

/** {@code algorithm}: compares the set of algorithms the use runs with the set written. */
public record AlgorithmSet(Relation relation, Set<String> values) implements Condition {
  public AlgorithmSet {
    values = Set.copyOf(values);
  }

  /** Set semantics of the operators hasPart, isAllOf, isNoneOf and isPartOf. */
  public enum Relation {
    /** Everything written is used. */
    HAS_PART,
    /** Exactly what is written is used. */
    IS_ALL_OF,
    /** Nothing written is used. */
    IS_NONE_OF,
    /** Only what is written is used. */
    IS_PART_OF
  }

  @Override
  public Truth test(Atom atom) {
    Set<String> used = atom.environment().channel().algorithms();
    if (used.isEmpty()) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        switch (relation) {
          case HAS_PART -> used.containsAll(values);
          case IS_ALL_OF -> used.equals(values);
          case IS_NONE_OF -> Collections.disjoint(used, values);
          case IS_PART_OF -> values.containsAll(used);
        });
  }
}
