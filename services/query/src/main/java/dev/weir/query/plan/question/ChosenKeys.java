package dev.weir.query.plan.question;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.ExprType.Base;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Group keys that rest on a condition of the question. Grouping by one selects records as WHERE
 * does, so whether there is a record with one of its values is as much a secret.
 */
public final class ChosenKeys {
  private ChosenKeys() {}

  /** Positions of the keys that rest on a condition. */
  public static List<Integer> of(Question question) {
    return IntStream.range(0, question.keys().size())
        .filter(i -> isChosen(question.keys().get(i)))
        .boxed()
        .toList();
  }

  /**
   * How many values such a key can take, null among them; empty when that depends on the records.
   */
  public static OptionalLong values(Question question, Expr key) {
    return switch (key) {
      case Case choice
          when branches(choice).allMatch(v -> v instanceof Lit || v instanceof NullLit) ->
          OptionalLong.of(branches(choice).distinct().count());
      case Col column -> throw new IllegalArgumentException("a column is no condition: " + column);
      default ->
          isCondition(key)
              ? OptionalLong.of(Presence.isCertain(question, key) ? 2 : 3)
              : OptionalLong.empty();
    };
  }

  /** Whether a key rests on a condition. */
  public static boolean isChosen(Expr key) {
    var found = new HashSet<Expr>();
    Children.walk(
        key,
        part -> {
          if (part instanceof Case || isCondition(part)) {
            found.add(part);
          }
        });
    return !found.isEmpty();
  }

  private static boolean isCondition(Expr expr) {
    return expr.type().base() == Base.BOOLEAN && !(expr instanceof Col);
  }

  private static Stream<Expr> branches(Case choice) {
    return Stream.concat(
        choice.whens().stream().map(Expr.When::value), Stream.of(choice.otherwise()));
  }
}
