package dev.weir.query.plan.dp;

import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.ProductColumn;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Evaluation;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.TimePart;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.question.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values a group key can take, from what is declared and from the expression alone. A null key
 * is in no domain: its records are in no group.
 */
final class KeyDomains {
  private static final int MAX_GROUPS = 100_000;
  private final Function<Col, ProductColumn> offered;

  KeyDomains(Function<Col, ProductColumn> offered) {
    this.offered = offered;
  }

  /** One list per key; empty where the provider allows private selection instead. */
  List<List<String>> of(Question question) {
    List<List<String>> domains = question.keys().stream().map(this::key).toList();
    long cells = 1;
    for (List<String> domain : domains) {
      cells *= Math.max(1, domain.size());
      if (cells > MAX_GROUPS) {
        throw RefusedException.of("GROUP_BY", PlanRule.TOO_MANY_GROUPS);
      }
    }
    return domains;
  }

  private List<String> key(Expr key) {
    if (key.type().base() == Base.REAL) {
      throw RefusedException.of("GROUP_BY", PlanRule.KEY_TYPE);
    }
    Optional<List<String>> intrinsic = intrinsic(key);
    if (intrinsic.isPresent()) {
      return notEmpty(intrinsic.get());
    }
    List<Col> columns = List.copyOf(Children.columns(key));
    Optional<KeyDomain> declared =
        columns.size() == 1 ? offered.apply(columns.getFirst()).keyDomain() : Optional.empty();
    if (declared.isPresent() && declared.get().declared()) {
      return notEmpty(mapped(key, columns.getFirst(), declared.get().values()));
    }
    boolean selectable =
        columns.stream()
            .allMatch(c -> offered.apply(c).keyDomain().map(d -> !d.declared()).orElse(false));
    if (!selectable || columns.isEmpty()) {
      Refusal refusal = Refusal.of("GROUP_BY", PlanRule.KEY_DOMAIN_UNKNOWN);
      throw new RefusedException(
          List.of(
              columns.size() == 1
                  ? refusal.about(columns.getFirst().table() + "." + columns.getFirst().column())
                  : refusal));
    }
    return List.of();
  }

  /** An empty domain has no groups; it must not pass for private selection. */
  private static List<String> notEmpty(List<String> domain) {
    if (domain.isEmpty()) {
      throw RefusedException.of("GROUP_BY", PlanRule.KEY_DOMAIN_UNKNOWN);
    }
    return domain;
  }

  /** Domains that follow from the expression itself. */
  private static Optional<List<String>> intrinsic(Expr key) {
    return switch (key) {
      case Extract e when e.part() != TimePart.YEAR -> Optional.of(range(e.part()));
      case Case c when branches(c).allMatch(v -> v instanceof Lit || v instanceof NullLit) ->
          Optional.of(
              branches(c)
                  .flatMap(
                      v -> v instanceof Lit l ? Stream.of(Values.text(Values.of(l))) : Stream.of())
                  .distinct()
                  .toList());
      default ->
          key.type().base() == Base.BOOLEAN && !(key instanceof Col)
              ? Optional.of(List.of("false", "true"))
              : Optional.empty();
    };
  }

  private static Stream<Expr> branches(Case choice) {
    return Stream.concat(
        choice.whens().stream().map(Expr.When::value), Stream.of(choice.otherwise()));
  }

  private static List<String> range(TimePart part) {
    int from = part == TimePart.DAY || part == TimePart.MONTH ? 1 : 0;
    int to =
        switch (part) {
          case MONTH -> 12;
          case DAY -> 31;
          case HOUR -> 23;
          case DOW -> 6;
          case YEAR -> throw new IllegalStateException("years have no end");
        };
    return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
  }

  /**
   * The declared values seen through the expression; values that are none of the type are no value.
   */
  private static List<String> mapped(Expr key, Col column, List<String> values) {
    var domain = new LinkedHashSet<String>();
    for (String text : values) {
      Values.parse(column.type(), text)
          .map(value -> new Evaluation(leaf -> value).value(key))
          .ifPresent(value -> domain.add(Values.text(value)));
    }
    return List.copyOf(domain);
  }
}
