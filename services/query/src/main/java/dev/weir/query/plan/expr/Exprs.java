package dev.weir.query.plan.expr;

import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Comparison;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Operation;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Expr.ToReal;
import dev.weir.query.plan.expr.Expr.When;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Builds expressions in normal form: conjuncts flat, sorted and distinct, literals on the right and
 * folded, negation pushed to the leaves. Bounded in size. Confined to one planning.
 */
public final class Exprs {
  private static final int MAX_SIZE = 4000;
  public static final Lit TRUE = new Lit(ExprType.BOOLEAN, "true");
  public static final Lit FALSE = new Lit(ExprType.BOOLEAN, "false");

  private final IdentityHashMap<Expr, Integer> sizes = new IdentityHashMap<>();

  /**
   * Folds when no leaf depends on data, and counts.
   *
   * @throws ExprTooLarge beyond 4,000 nodes
   */
  public <E extends Expr> Expr keep(E expr) {
    long size = 1;
    boolean constant = true;
    for (Expr child : Children.of(expr)) {
      size += sizes.getOrDefault(child, 1);
      constant &= child instanceof Lit || child instanceof NullLit;
    }
    if (size > MAX_SIZE) {
      throw new ExprTooLarge();
    }
    boolean leaf = expr instanceof Col || expr instanceof Slot || isReal(expr);
    Expr kept = constant && !leaf ? fold(expr) : expr;
    sizes.put(kept, (int) size);
    return kept;
  }

  public Expr and(List<Expr> operands) {
    return logic(true, operands);
  }

  public Expr or(List<Expr> operands) {
    return logic(false, operands);
  }

  public Expr not(Expr expr) {
    return switch (expr) {
      case Not n -> n.operand();
      case Compare c -> keep(new Compare(c.op().negated(), c.left(), c.right()));
      case Logic l -> logic(!l.and(), l.operands().stream().map(this::not).toList());
      default -> keep(new Not(expr));
    };
  }

  public Expr isNull(Expr expr) {
    return keep(new IsNull(expr));
  }

  /** What is never unknown is its own truth test. */
  public Expr isTrue(Expr expr) {
    return switch (expr) {
      case IsTrue t -> t;
      case IsNull n -> n;
      case Not n when n.operand() instanceof IsNull || n.operand() instanceof IsTrue -> n;
      default -> keep(new IsTrue(expr));
    };
  }

  /** Aligns scales and widens to reals where one side is real; literals go to the right. */
  public Expr compare(Comparison op, Expr left, Expr right) {
    boolean real =
        left.type().base() == ExprType.Base.REAL || right.type().base() == ExprType.Base.REAL;
    Expr a = real ? real(left) : left;
    Expr b = real ? real(right) : right;
    if (a.type().base() == ExprType.Base.NUMBER && b.type().base() == ExprType.Base.NUMBER) {
      int scale = Math.max(a.type().scale(), b.type().scale());
      a = rescale(a, scale);
      b = rescale(b, scale);
    }
    boolean swap =
        isLiteral(a) != isLiteral(b) ? isLiteral(a) : ExprText.of(a).compareTo(ExprText.of(b)) > 0;
    return swap ? keep(new Compare(op.flipped(), b, a)) : keep(new Compare(op, a, b));
  }

  /** Arithmetic on a real stays symbolic; only a declared measure makes sense of it. */
  public Expr arithmetic(Operation op, Expr left, Expr right) {
    if (left.type().base() == ExprType.Base.REAL || right.type().base() == ExprType.Base.REAL) {
      return keep(new Arithmetic(op, ExprType.REAL, left, right));
    }
    if (op == Operation.MULTIPLY) {
      boolean swap = ExprText.of(left).compareTo(ExprText.of(right)) > 0;
      var type = ExprType.number(left.type().scale() + right.type().scale());
      return keep(new Arithmetic(op, type, swap ? right : left, swap ? left : right));
    }
    int scale = Math.max(left.type().scale(), right.type().scale());
    Expr a = rescale(left, scale);
    Expr b = rescale(right, scale);
    boolean swap = op == Operation.ADD && ExprText.of(a).compareTo(ExprText.of(b)) > 0;
    return keep(new Arithmetic(op, ExprType.number(scale), swap ? b : a, swap ? a : b));
  }

  public Expr rescale(Expr expr, int scale) {
    return expr.type().scale() == scale ? expr : keep(new Rescale(ExprType.number(scale), expr));
  }

  public Expr real(Expr expr) {
    return expr.type().base() == ExprType.Base.NUMBER ? keep(new ToReal(expr)) : expr;
  }

  /** Branches of one type; branches that can never be taken are dropped. */
  public Expr choose(List<When> whens, Expr otherwise) {
    var kept = new ArrayList<When>();
    for (When when : whens) {
      if (when.condition().equals(TRUE)) {
        return kept.isEmpty() ? when.value() : caseOf(kept, when.value());
      }
      if (!when.condition().equals(FALSE) && !(when.condition() instanceof NullLit)) {
        kept.add(when);
      }
    }
    return kept.isEmpty() ? otherwise : caseOf(kept, otherwise);
  }

  private Expr caseOf(List<When> whens, Expr otherwise) {
    return keep(new Case(otherwise.type(), whens, otherwise));
  }

  private Expr logic(boolean and, List<Expr> operands) {
    var sorted = new TreeMap<String, Expr>();
    for (Expr operand : operands) {
      List<Expr> flat =
          operand instanceof Logic l && l.and() == and ? l.operands() : List.of(operand);
      flat.forEach(e -> sorted.put(ExprText.of(e), e));
    }
    Lit neutral = and ? TRUE : FALSE;
    Lit dominant = and ? FALSE : TRUE;
    var rest = sorted.values().stream().filter(e -> !e.equals(neutral)).toList();
    if (rest.isEmpty()) {
      return neutral;
    }
    if (rest.contains(dominant)) {
      return dominant;
    }
    return rest.size() == 1 ? rest.getFirst() : keep(new Logic(and, rest));
  }

  private static Expr fold(Expr expr) {
    if (expr instanceof Lit || expr instanceof NullLit) {
      return expr;
    }
    Object value = new Evaluation(leaf -> null).value(expr);
    if (value == null) {
      return new NullLit(expr.type());
    }
    if (value instanceof java.math.BigDecimal d
        && d.setScale(expr.type().scale()).unscaledValue().bitLength() > Long.SIZE - 1) {
      return expr;
    }
    return Values.literal(expr.type(), value);
  }

  private static boolean isReal(Expr expr) {
    return expr instanceof Arithmetic a && a.type().base() == ExprType.Base.REAL;
  }

  private static boolean isLiteral(Expr expr) {
    return expr instanceof Lit || expr instanceof NullLit;
  }
}
