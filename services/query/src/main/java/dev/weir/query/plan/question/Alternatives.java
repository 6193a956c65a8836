package dev.weir.query.plan.question;

import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.ExprText;
import dev.weir.query.plan.expr.Exprs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The ways in which a condition of a question can be met: the sides of each OR. A side that only
 * one record meets would show in the number of all, whatever the other sides are. Comparisons of
 * one term with literals, such as an IN list, are one way. Confined to one planning.
 */
public final class Alternatives {
  /** Ways beyond which a question is refused. */
  private static final int MAX_WAYS = 40;

  /**
   * One way of meeting a condition.
   *
   * @param condition beside the question's own; TRUE for none
   * @param without the condition, or the question's own, with this way taken out
   */
  public record Way(Expr condition, Expr without) {}

  private final Exprs exprs = new Exprs();

  private Alternatives() {}

  /**
   * @throws RefusedException when there are more than 40
   * @throws dev.weir.query.plan.expr.ExprTooLarge when a condition is too large to be turned
   */
  public static List<Way> of(Question question) {
    var alternatives = new Alternatives();
    Set<Expr> conditions = conditions(question);
    List<Way> ways =
        Stream.concat(
                alternatives
                    .without(question.where())
                    .flatMap(rest -> conditions.stream().map(beside -> new Way(beside, rest))),
                conditions.stream()
                    .flatMap(condition ->
                        alternatives.without(condition).map(rest -> new Way(condition, rest))))
            .distinct()
            .limit(MAX_WAYS + 1L)
            .toList();
    if (ways.size() > MAX_WAYS) {
      throw RefusedException.of("OR", PlanRule.TOO_COMPLEX);
    }
    return ways;
  }

  /** Those of filters, keys and counted arguments, and that of no filter. */
  private static Set<Expr> conditions(Question question) {
    var conditions = new LinkedHashSet<Expr>();
    conditions.add(Exprs.TRUE);
    question.measures().forEach(measure -> conditions.add(measure.filter()));
    Stream.concat(
            question.keys().stream(),
            question.measures().stream()
                .filter(measure -> measure.function() == Measure.Function.COUNT)
                .map(Measure::argument))
        .forEach(expr ->
            Children.walk(
                expr,
                part -> {
                  if (part instanceof Case choice) {
                    choice.whens().forEach(when -> conditions.add(when.condition()));
                  } else if (ChosenKeys.isChosen(part)) {
                    conditions.add(part);
                  }
                }));
    return conditions;
  }

  /** The condition with one way taken out, once for each way. */
  private Stream<Expr> without(Expr condition) {
    return reduced(spread(condition));
  }

  private Stream<Expr> reduced(Expr condition) {
    if (!(condition instanceof Logic logic)) {
      return Stream.of();
    }
    var deeper =
        logic.operands().stream()
            .flatMap(operand ->
                reduced(operand).map(rest -> join(logic.and(), others(logic, operand), rest)));
    if (logic.and()) {
      return deeper;
    }
    Map<String, List<Expr>> sides = new LinkedHashMap<>();
    logic
        .operands()
        .forEach(side -> sides.computeIfAbsent(subject(side), s -> new ArrayList<>()).add(side));
    var sidesOut =
        sides.size() < 2
            ? Stream.<Expr>of()
            : sides.values().stream()
                .map(out ->
                    exprs.or(
                        logic.operands().stream().filter(side -> !out.contains(side)).toList()));
    return Stream.concat(sidesOut, deeper);
  }

  private Expr join(boolean and, List<Expr> others, Expr rest) {
    var all = new ArrayList<>(others);
    all.add(rest);
    return and ? exprs.and(all) : exprs.or(all);
  }

  private static List<Expr> others(Logic logic, Expr operand) {
    return logic.operands().stream().filter(other -> !other.equals(operand)).toList();
  }

  /** AND and OR from inside truth tests and choices; holds for the same records. */
  private Expr spread(Expr condition) {
    return switch (condition) {
      case Case choice -> chosen(choice, value -> value);
      case IsTrue test when test.operand() instanceof Case choice -> chosen(choice, exprs::isTrue);
      case Not not when not.operand() instanceof Case choice -> chosen(choice, exprs::not);
      case Not not when not.operand() instanceof IsTrue test && test.operand() instanceof Case c ->
          chosen(c, value -> exprs.not(exprs.isTrue(value)));
      case Compare compare when compare.left() instanceof Case choice ->
          chosen(choice, value -> exprs.compare(compare.op(), value, compare.right()));
      case Compare compare when compare.right() instanceof Case choice ->
          chosen(choice, value -> exprs.compare(compare.op(), compare.left(), value));
      case Logic logic -> {
        List<Expr> operands = logic.operands().stream().map(this::spread).toList();
        yield logic.and() ? exprs.and(operands) : exprs.or(operands);
      }
      case IsTrue test when test.operand() instanceof Logic logic ->
          spread(new Logic(logic.and(), logic.operands().stream().map(exprs::isTrue).toList()));
      case Not not
          when not.operand() instanceof IsTrue test && test.operand() instanceof Logic logic ->
          spread(
              new Logic(
                  !logic.and(),
                  logic.operands().stream().map(exprs::isTrue).map(exprs::not).toList()));
      default -> condition;
    };
  }

  /** One side for each branch: it is the first whose condition holds, and its value does. */
  private Expr chosen(Case choice, UnaryOperator<Expr> use) {
    var sides = new ArrayList<Expr>();
    var passed = new ArrayList<Expr>();
    for (Expr.When when : choice.whens()) {
      var side = new ArrayList<>(passed);
      side.add(when.condition());
      side.add(use.apply(when.value()));
      sides.add(exprs.and(side));
      passed.add(exprs.not(exprs.isTrue(when.condition())));
    }
    passed.add(use.apply(choice.otherwise()));
    sides.add(exprs.and(passed));
    return spread(exprs.or(sides));
  }

  /** The one term that a side compares with literals; otherwise the side itself. */
  private static String subject(Expr side) {
    Set<String> terms = new LinkedHashSet<>();
    return comparesOnlyOne(side, terms) && terms.size() == 1
        ? terms.iterator().next()
        : "only " + ExprText.of(side);
  }

  private static boolean comparesOnlyOne(Expr side, Set<String> terms) {
    return switch (side) {
      case Logic logic -> logic.operands().stream().allMatch(o -> comparesOnlyOne(o, terms));
      case Compare compare when compare.right() instanceof Lit -> {
        terms.add(ExprText.of(compare.left()));
        yield true;
      }
      case IsNull test -> {
        terms.add(ExprText.of(test.operand()));
        yield true;
      }
      case Not not -> comparesOnlyOne(not.operand(), terms);
      case IsTrue test -> comparesOnlyOne(test.operand(), terms);
      default -> false;
    };
  }
}
