package dev.weir.query.plan.logic;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.Expr.Like;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.LikePattern;
import dev.weir.query.plan.expr.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one record on one branch of a proof. Every method that adds something returns
 * false when no record can be so. Confined to one proof.
 */
final class Facts {
  private final Map<String, Range> ranges;
  private final Map<String, Map<String, Boolean>> patterns;
  private final Map<String, Boolean> said;
  private final Map<String, Boolean> lacking;

  Facts() {
    ranges = new HashMap<>();
    patterns = new HashMap<>();
    said = new HashMap<>();
    lacking = new HashMap<>();
  }

  Facts(Facts other) {
    ranges = new HashMap<>(other.ranges);
    patterns = new HashMap<>(other.patterns);
    said = new HashMap<>(other.said);
    lacking = new HashMap<>(other.lacking);
  }

  /** A column, or a term that may lack a value by itself, lacks one or has one. */
  boolean lacks(String name, boolean isLacking) {
    Boolean before = lacking.putIfAbsent(name, isLacking);
    return before == null || before == isLacking;
  }

  /** Whether a column lacks a value, if that is known. */
  Optional<Boolean> isLacking(String name) {
    return Optional.ofNullable(lacking.get(name));
  }

  /** A comparison that is neither false nor unknown. */
  boolean compared(Selection names, Compare compare, Comparison op) {
    return switch (compare.right()) {
      case NullLit unknown -> false;
      case Lit literal -> limited(names, plain(compare.left()), op, literal);
      default -> said(names, compare, op == compare.op());
    };
  }

  private boolean limited(Selection names, Expr term, Comparison op, Lit literal) {
    String text = names.text(term);
    Range range = ranges.getOrDefault(text, Range.all(term.type())).with(op, Values.of(literal));
    ranges.put(text, range);
    return !range.isEmpty() && patternsFit(text);
  }

  /** Whether a term can no longer compare so; nothing is added. */
  boolean excludes(Selection names, Expr term, Comparison op, Lit literal) {
    Range range = ranges.get(names.text(plain(term)));
    return range != null && range.with(op, Values.of(literal)).isEmpty();
  }

  /** The same value in fewer words. */
  private static Expr plain(Expr term) {
    return term instanceof Rescale scaled ? plain(scaled.operand()) : term;
  }

  boolean like(Selection names, Like like, boolean matches) {
    String text = names.text(like.value());
    var known = new HashMap<>(patterns.getOrDefault(text, Map.of()));
    Boolean before = known.put(like.pattern(), matches);
    patterns.put(text, known);
    return (before == null || before == matches) && patternsFit(text);
  }

  private boolean patternsFit(String term) {
    Map<String, Boolean> known = patterns.getOrDefault(term, Map.of());
    return known.isEmpty()
        || !ranges.containsKey(term)
        || ranges
            .get(term)
            .only()
            .filter(value ->
                known.entrySet().stream()
                    .anyMatch(
                        e -> LikePattern.matches(e.getKey(), value.toString()) != e.getValue()))
            .isEmpty();
  }

  /** A truth value that nothing more is known of. */
  boolean said(Selection names, Expr expr, boolean value) {
    Boolean before = said.putIfAbsent(names.text(expr), value);
    return before == null || before == value;
  }

  /** Whether a term has no value only where one of its columns has none. */
  static boolean isStrict(Expr expr) {
    return switch (expr) {
      case Col column -> true;
      case Lit literal -> true;
      case Expr.Logic logic -> false;
      case Expr.Not not -> false;
      case Expr.IsNull test -> false;
      case Expr.IsTrue test -> false;
      case Expr.Case choice -> false;
      case NullLit none -> false;
      case Expr.Slot slot -> false;
      default -> dev.weir.query.plan.expr.Children.of(expr).stream().allMatch(Facts::isStrict);
    };
  }
}
