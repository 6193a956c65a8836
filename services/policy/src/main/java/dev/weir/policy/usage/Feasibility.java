package dev.weir.policy.usage;

import dev.weir.kernel.Term;
import dev.weir.policy.constraint.Condition;
import dev.weir.policy.constraint.Limit;
import dev.weir.policy.constraint.TimeBound;
import dev.weir.policy.constraint.TokenCondition;
import dev.weir.policy.constraint.TokenCondition.Attribute;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether any use can meet a list of conditions. Times, counts, charges and tokens are decided
 * exactly, each by itself; windows, regions, networks and algorithms count as possible.
 */
final class Feasibility {
  private static final Map<Attribute, Set<String>> CLOSED =
      Map.of(
          Attribute.EXECUTION_ENV, Set.of("01", "02", "03", "04", "05", "06", "07"),
          Attribute.ENCRYPT_MODE, Set.of("01", "02", "03"),
          Attribute.DELIVERY_METHOD, Set.of("01", "02", "03", "04"));

  private final Instant earliest;
  private final Instant latest;
  private final Set<String> columns;
  private final Set<String> purposes;

  /**
   * @param term uses outside it do not happen
   * @param columns of the product, lower case
   * @param purposes the only ones that happen; empty when any may be asked for
   */
  Feasibility(Optional<Term> term, Set<String> columns, Set<String> purposes) {
    earliest = term.map(Term::from).orElse(Instant.MIN);
    latest = term.map(t -> t.to().minusNanos(1)).orElse(Instant.MAX);
    this.columns = columns;
    this.purposes = purposes;
  }

  boolean impossible(List<Condition> conditions) {
    return noInstant(conditions) || noNumber(conditions) || noToken(conditions);
  }

  private boolean noInstant(List<Condition> conditions) {
    Instant from = earliest;
    Instant to = latest;
    for (Condition condition : conditions) {
      if (condition instanceof TimeBound bound) {
        boolean strict = bound.compare().isStrict();
        if (bound.compare().isUpper()) {
          Instant end = strict ? bound.bound().minusNanos(1) : bound.bound();
          to = end.isBefore(to) ? end : to;
        } else {
          Instant start = strict ? bound.bound().plusNanos(1) : bound.bound();
          from = start.isAfter(from) ? start : from;
        }
      }
    }
    return from.isAfter(to);
  }

  private static boolean noNumber(List<Condition> conditions) {
    var scales = new HashSet<Limit.Scale>();
    for (Condition condition : conditions) {
      if (condition instanceof Limit limit && scales.add(limit.scale())) {
        if (noNumber(conditions, limit.scale())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean noNumber(List<Condition> conditions, Limit.Scale scale) {
    return Range.of(conditions, scale).isEmpty();
  }

  /** The numbers on one scale that conditions let through, ends included. */
  record Range(long low, long high) {
    boolean isEmpty() {
      return low > high;
    }

    boolean holds(long number) {
      return low <= number && number <= high;
    }

    static Range of(List<Condition> conditions, Limit.Scale scale) {
      long low = scale.smallest();
      long high = Long.MAX_VALUE;
      for (Condition condition : conditions) {
        if (condition instanceof Limit limit && limit.scale().equals(scale)) {
          long strict = limit.compare().isStrict() ? 1 : 0;
          if (limit.compare().isUpper()) {
            high = Math.min(high, limit.amount() - strict);
          } else {
            low = Math.max(low, limit.amount() + strict);
          }
        }
      }
      return new Range(low, high);
    }
  }

  private boolean noToken(List<Condition> conditions) {
    for (Attribute attribute : Attribute.values()) {
      List<TokenCondition> own =
          conditions.stream()
              .filter(TokenCondition.class::isInstance)
              .map(TokenCondition.class::cast)
              .filter(condition -> condition.attribute() == attribute)
              .toList();
      if (!own.isEmpty() && noToken(attribute, own)) {
        return true;
      }
    }
    return false;
  }

  private boolean noToken(Attribute attribute, List<TokenCondition> conditions) {
    Set<String> candidates = universe(attribute);
    if (candidates.isEmpty()) {
      // An open universe always holds a value that nobody wrote down.
      if (conditions.stream().noneMatch(TokenCondition::in)) {
        return false;
      }
      candidates = new HashSet<>();
      for (TokenCondition condition : conditions) {
        candidates.addAll(condition.values());
      }
    }
    return candidates.stream()
        .noneMatch(
            value -> conditions.stream().allMatch(c -> c.values().contains(value) == c.in()));
  }

  private Set<String> universe(Attribute attribute) {
    return switch (attribute) {
      case PURPOSE -> purposes;
      case DATA_FIELD -> columns;
      case APPLICATION -> Set.of();
      case EXECUTION_ENV, ENCRYPT_MODE, DELIVERY_METHOD -> CLOSED.getOrDefault(attribute, Set.of());
    };
  }
}
