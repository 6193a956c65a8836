package dev.weir.query.plan.logic;

import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.ExprType;
import dev.weir.query.plan.expr.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The values that a term may still have. Immutable.
 *
 * @param excluded values by their text
 */
record Range(ExprType type, Optional<Bound> lower, Optional<Bound> upper, Set<String> excluded) {
  /** How far a bound is moved past values that are excluded. */
  private static final int MAX_STEPS = 1_000;

  /** An end of a range. */
  record Bound(Object value, boolean open) {}

  static Range all(ExprType type) {
    return new Range(type, Optional.empty(), Optional.empty(), Set.of());
  }

  Range with(Comparison op, Object value) {
    return switch (op) {
      case EQ -> above(new Bound(value, false)).below(new Bound(value, false));
      case NE -> without(value);
      case LT -> below(new Bound(value, true));
      case LE -> below(new Bound(value, false));
      case GT -> above(new Bound(value, true));
      case GE -> above(new Bound(value, false));
    };
  }

  private Range without(Object value) {
    var more = new HashSet<>(excluded);
    more.add(Values.text(value));
    return new Range(type, lower, upper, more);
  }

  private Range above(Bound bound) {
    boolean tighter =
        lower.isEmpty() || isTighter(Values.compare(bound.value(), lower.get().value()), bound);
    return tighter ? new Range(type, Optional.of(bound), upper, excluded) : this;
  }

  private Range below(Bound bound) {
    boolean tighter =
        upper.isEmpty() || isTighter(Values.compare(upper.get().value(), bound.value()), bound);
    return tighter ? new Range(type, lower, Optional.of(bound), excluded) : this;
  }

  private static boolean isTighter(int order, Bound bound) {
    return order > 0 || (order == 0 && bound.open());
  }

  /** True only when there is no such value. */
  boolean isEmpty() {
    if (lower.isEmpty() || upper.isEmpty()) {
      return false;
    }
    Bound low = lower.get();
    Bound high = upper.get();
    for (int step = 0; step < MAX_STEPS; step++) {
      int order = Values.compare(low.value(), high.value());
      if (order > 0 || (order == 0 && (low.open() || high.open()))) {
        return true;
      }
      if (!low.open() && !excluded.contains(Values.text(low.value()))) {
        return false;
      }
      Optional<Object> next = next(low.value());
      if (next.isEmpty()) {
        return order == 0;
      }
      low = new Bound(next.get(), false);
    }
    return false;
  }

  /** The only value left, if that can be seen. */
  Optional<Object> only() {
    return lower
        .filter(low -> upper.isPresent() && !low.open() && !upper.get().open())
        .filter(low -> Values.compare(low.value(), upper.get().value()) == 0)
        .map(Bound::value);
  }

  /** The value after this one, of types whose values follow one another. */
  private Optional<Object> next(Object value) {
    return switch (value) {
      case BigDecimal number ->
          Optional.of(
              number
                  .setScale(type.scale(), RoundingMode.FLOOR)
                  .add(BigDecimal.ONE.movePointLeft(type.scale())));
      case LocalDate day -> Optional.of(day.plusDays(1));
      default -> Optional.empty();
    };
  }
}
