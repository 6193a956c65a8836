package dev.weir.query.plan.logic;

import dev.weir.query.plan.expr.Children;
import dev.weir.query.plan.expr.Evaluation;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.Like;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Looks for a contradiction by trying every way in which claims could hold together (an analytic
 * tableau, R. M. Smullyan, First-Order Logic, 1968, without quantifiers). Knows the order of
 * values, and that whole numbers and days follow one another; takes any other function for one it
 * knows nothing of. What it proves is so for every record there could be; what it does not prove
 * may be so. Bounded: gives up, unproven, after a number of steps. Confined to one check.
 */
public final class Prover {
  private static final int STEPS = 20_000;

  /** Choices within choices. */
  private static final int MAX_DEPTH = 200;

  private static final int CHOICES_A_STEP = 16;

  private static final Evaluation CONSTANTS = new Evaluation(column -> null);

  private final LongConsumer effort;
  private int left = STEPS;

  /**
   * @param effort is told how many steps each proof took, found or not
   */
  public Prover(LongConsumer effort) {
    this.effort = effort;
  }

  /**
   * Whether the records of one selection are among those of another, whatever records there are.
   */
  public boolean implies(Selection narrow, Selection wide) {
    return isImpossible(List.of(narrow), List.of(wide));
  }

  /** Whether no record can be in all of {@code in} and in none of {@code out}. */
  public boolean isImpossible(List<Selection> in, List<Selection> out) {
    var claims = new ArrayList<Claim>();
    for (Selection selection : in) {
      selection.parts().forEach(part -> claims.add(new Claim(selection, part, Truth.TRUE)));
    }
    var choices = new ArrayList<List<List<Claim>>>();
    for (Selection selection : out) {
      choices.add(
          selection.parts().stream()
              .map(part -> List.of(new Claim(selection, part, Truth.NOT_TRUE)))
              .toList());
    }
    left = STEPS;
    boolean closed = isClosed(claims, choices, new Facts(), MAX_DEPTH);
    effort.accept(STEPS - Math.max(0, left));
    return closed;
  }

  /** Whether the claims contradict each other, whichever alternative of each choice is taken. */
  private boolean isClosed(
      List<Claim> claims, List<List<List<Claim>>> choices, Facts facts, int depth) {
    Deque<Claim> open = new ArrayDeque<>(claims);
    var undecided = new ArrayList<>(choices);
    while (!open.isEmpty()) {
      while (!open.isEmpty()) {
        if (left-- <= 0) {
          return false;
        }
        if (!take(open.pop(), open, undecided, facts)) {
          return true;
        }
      }
      left -= undecided.size() / CHOICES_A_STEP;
      if (!propagate(open, undecided, facts)) {
        return true;
      }
    }
    if (undecided.isEmpty() || depth == 0) {
      return false;
    }
    undecided.sort(Comparator.comparing(List::size));
    List<List<Claim>> choice = undecided.removeFirst();
    for (List<Claim> alternative : choice) {
      if (!isClosed(alternative, undecided, new Facts(facts), depth - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Takes every choice that has one alternative left beside the facts; false when one has none. */
  private static boolean propagate(
      Deque<Claim> open, List<List<List<Claim>>> undecided, Facts facts) {
    var still = new ArrayList<List<List<Claim>>>();
    for (List<List<Claim>> choice : undecided) {
      List<List<Claim>> possible =
          choice.stream().filter(alternative -> !isRefuted(alternative.getFirst(), facts)).toList();
      if (possible.isEmpty()) {
        return false;
      }
      if (possible.size() == 1) {
        possible.getFirst().forEach(open::push);
      } else {
        still.add(possible);
      }
    }
    undecided.clear();
    undecided.addAll(still);
    return true;
  }

  /** True only when a claim cannot hold beside the facts, as far as that is seen at once. */
  private static boolean isRefuted(Claim claim, Facts facts) {
    boolean isPlain = !claim.truth().allowsUnknown();
    boolean value = claim.truth().allowsTrue();
    return switch (claim.expr()) {
      case IsNull test when value && Facts.isStrict(test.operand()) ->
          Children.columns(test.operand()).stream()
              .allMatch(column -> isPresent(claim.names(), column, facts));
      case Compare compare when isPlain && compare.right() instanceof Lit literal ->
          facts.excludes(
              claim.names(),
              compare.left(),
              value ? compare.op() : compare.op().negated(),
              literal);
      default -> false;
    };
  }

  private static boolean isPresent(Selection names, Col column, Facts facts) {
    return !names.isNullable(column)
        || facts.isLacking(names.column(column)).map(lacking -> !lacking).orElse(false);
  }

  /** Takes a claim apart; false when it cannot hold beside the facts. */
  private static boolean take(
      Claim claim, Deque<Claim> open, List<List<List<Claim>>> choices, Facts facts) {
    Truth truth = claim.truth();
    switch (claim.expr()) {
      case Lit literal -> {
        return Boolean.parseBoolean(literal.text()) == truth.allowsTrue();
      }
      case NullLit unknown -> {
        return truth.allowsUnknown();
      }
      case Logic logic when logic.and() == truth.allowsTrue() ->
          logic.operands().forEach(operand -> open.push(claim.of(operand)));
      case Logic logic ->
          choices.add(
              logic.operands().stream().map(operand -> List.of(claim.of(operand))).toList());
      case Not not -> open.push(claim.of(not.operand(), truth.negated()));
      case IsTrue test ->
          open.push(claim.of(test.operand(), truth.allowsTrue() ? Truth.TRUE : Truth.NOT_TRUE));
      case IsNull test -> {
        return isLacking(claim, test.operand(), truth.allowsTrue(), open, choices, facts);
      }
      case Case choice -> choices.add(branches(claim, choice, value -> value));
      case Compare compare when isConstant(compare.left()) && isConstant(compare.right()) -> {
        Object value = CONSTANTS.value(compare);
        return value == null ? truth.allowsUnknown() : value.equals(truth.allowsTrue());
      }
      case Compare compare when compare.left() instanceof Case choice ->
          choices.add(
              branches(claim, choice, value -> new Compare(compare.op(), value, compare.right())));
      default -> {
        if (truth.allowsUnknown()) {
          return mayBeUnknown(claim, open, choices, facts);
        } else {
          open.push(claim.of(new IsNull(claim.expr()), Truth.FALSE));
          return holds(claim, facts);
        }
      }
    }
    return true;
  }

  private static boolean isConstant(Expr expr) {
    return expr instanceof Lit || expr instanceof NullLit;
  }

  private static boolean holds(Claim claim, Facts facts) {
    boolean value = claim.truth().allowsTrue();
    return switch (claim.expr()) {
      case Compare compare ->
          facts.compared(claim.names(), compare, value ? compare.op() : compare.op().negated());
      case Like like -> facts.like(claim.names(), like, value);
      default -> facts.said(claim.names(), claim.expr(), value);
    };
  }

  /** A condition is as claimed, or is unknown because a column lacks a value. */
  private static boolean mayBeUnknown(
      Claim claim, Deque<Claim> open, List<List<List<Claim>>> choices, Facts facts) {
    Claim known = claim.of(claim.expr(), claim.truth().allowsTrue() ? Truth.TRUE : Truth.FALSE);
    Claim unknown = claim.of(new IsNull(claim.expr()), Truth.TRUE);
    if (!Facts.isStrict(claim.expr())) {
      choices.add(List.of(List.of(known), List.of(unknown)));
      return true;
    }
    Set<Col> columns = Children.columns(claim.expr());
    if (columns.stream()
        .anyMatch(column -> facts.isLacking(claim.names().column(column)).orElse(false))) {
      return true;
    }
    if (columns.stream().allMatch(column -> isPresent(claim.names(), column, facts))) {
      open.push(known);
    } else {
      choices.add(List.of(List.of(known), List.of(unknown)));
    }
    return true;
  }

  private static boolean isLacking(
      Claim claim,
      Expr term,
      boolean lacking,
      Deque<Claim> open,
      List<List<List<Claim>>> choices,
      Facts facts) {
    if (term instanceof Col column) {
      return claim.names().isNullable(column)
          ? facts.lacks(claim.names().column(column), lacking)
          : !lacking;
    }
    if (!Facts.isStrict(term)) {
      return facts.lacks(claim.names().text(term), lacking);
    }
    var columns = Children.columns(term).stream().map(IsNull::new).toList();
    if (lacking) {
      choices.add(columns.stream().map(c -> List.of(claim.of(c, Truth.TRUE))).toList());
    } else {
      columns.forEach(column -> open.push(claim.of(column, Truth.FALSE)));
    }
    return true;
  }

  /** The first branch whose condition holds, and what it then comes to. */
  private static List<List<Claim>> branches(Claim claim, Case choice, UnaryOperator<Expr> use) {
    var branches = new ArrayList<List<Claim>>();
    var passed = new ArrayList<Claim>();
    for (Expr.When when : choice.whens()) {
      var branch = new ArrayList<>(passed);
      branch.add(claim.of(when.condition(), Truth.TRUE));
      branch.add(claim.of(use.apply(when.value())));
      branches.add(branch);
      passed.add(claim.of(when.condition(), Truth.NOT_TRUE));
    }
    passed.add(claim.of(use.apply(choice.otherwise())));
    branches.add(passed);
    return branches;
  }
}
