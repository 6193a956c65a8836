package dev.weir.policy.constraint;

import java.util.Optional;
import java.util.Set;

/**
 * {@code region}: codes after GB/T 2260.
 *
 * @param in whether the region must be among the values, or not among them
 * @param values six digits, or a prefix of two or four that stands for the whole province or city
 */
public record RegionCondition(boolean in, Set<String> values) implements Condition {
  public RegionCondition {
    values = Set.copyOf(values);
  }

  @Override
  public Truth test(Atom atom) {
    Optional<String> region = atom.environment().channel().region();
    if (region.isEmpty()) {
      return Truth.UNKNOWN;
    }
    boolean found = false;
    for (String value : values) {
      found |= region.get().startsWith(value);
    }
    return Truth.of(found == in);
  }
}
