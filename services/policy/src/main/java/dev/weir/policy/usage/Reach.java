package dev.weir.policy.usage;

import dev.weir.policy.constraint.Limit;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.usage.Feasibility.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds permissions that wait for a number of uses which no permission lets happen: uses are
 * counted from one, and each is one that some permission allowed. Stateless.
 */
final class Reach {
  private Reach() {}

  /** Those that no use will ever meet, whatever their other conditions. */
  static Set<CompiledRule> never(List<CompiledRule> rules) {
    var never = new HashSet<CompiledRule>();
    rules.stream()
        .filter(rule -> rule.kind() == Rule.Kind.PERMISSION)
        .collect(Collectors.groupingBy(CompiledRule::target))
        .values()
        .forEach(permissions -> add(permissions, never));
    return never;
  }

  /** Uses are counted by product. */
  private static void add(List<CompiledRule> permissions, Set<CompiledRule> never) {
    for (Limit.Scale scale : counting(permissions)) {
      long reached = furthest(permissions, scale);
      permissions.stream()
          .filter(rule -> Range.of(rule.conditions(), scale).low() > reached)
          .forEach(never::add);
    }
  }

  private static Set<Limit.Scale> counting(List<CompiledRule> permissions) {
    var scales = new HashSet<Limit.Scale>();
    for (CompiledRule rule : permissions) {
      rule.conditions().stream()
          .filter(Limit.class::isInstance)
          .map(condition -> ((Limit) condition).scale())
          .filter(scale -> !(scale instanceof Limit.Scale.Charge))
          .forEach(scales::add);
    }
    return scales;
  }

  /** The first use by number that nobody may make; the next starts where the last one ended. */
  private static long furthest(List<CompiledRule> permissions, Limit.Scale scale) {
    long next = scale.smallest();
    while (true) {
      long at = next;
      long beyond =
          permissions.stream()
              .map(rule -> Range.of(rule.conditions(), scale))
              .filter(range -> range.holds(at))
              .mapToLong(Range::high)
              .max()
              .orElse(at - 1);
      if (beyond == Long.MAX_VALUE || beyond < at) {
        return Math.max(beyond, at);
      }
      next = beyond + 1;
    }
  }
}
