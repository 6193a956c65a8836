package dev.weir.query.plan.expr;

import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Compare;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.FloorTo;
import dev.weir.query.plan.expr.Expr.IsNull;
import dev.weir.query.plan.expr.Expr.IsTrue;
import dev.weir.query.plan.expr.Expr.LetterCase;
import dev.weir.query.plan.expr.Expr.Like;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.Logic;
import dev.weir.query.plan.expr.Expr.Not;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.Expr.Slot;
import dev.weir.query.plan.expr.Expr.Substring;
import dev.weir.query.plan.expr.Expr.ToReal;
import dev.weir.query.plan.expr.Expr.ToTimestamp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Walks expressions. */
public final class Children {
  private Children() {}

  /** Direct operands in order. */
  public static List<Expr> of(Expr expr) {
    return switch (expr) {
      case Col c -> List.of();
      case Slot s -> List.of();
      case Lit l -> List.of();
      case NullLit n -> List.of();
      case Compare c -> List.of(c.left(), c.right());
      case Logic l -> l.operands();
      case Not n -> List.of(n.operand());
      case IsNull n -> List.of(n.operand());
      case IsTrue t -> List.of(t.operand());
      case Like l -> List.of(l.value());
      case Case c -> ofCase(c);
      case Arithmetic a -> List.of(a.left(), a.right());
      case Rescale r -> List.of(r.operand());
      case ToReal r -> List.of(r.operand());
      case ToTimestamp t -> List.of(t.operand());
      case Extract e -> List.of(e.operand());
      case FloorTo f -> List.of(f.operand());
      case LetterCase l -> List.of(l.operand());
      case Substring s -> List.of(s.operand());
    };
  }

  private static List<Expr> ofCase(Case expr) {
    var all = new ArrayList<Expr>();
    expr.whens()
        .forEach(when -> {
          all.add(when.condition());
          all.add(when.value());
        });
    all.add(expr.otherwise());
    return all;
  }

  /** Visits {@code expr} and everything below it. */
  public static void walk(Expr expr, Consumer<Expr> visitor) {
    visitor.accept(expr);
    of(expr).forEach(child -> walk(child, visitor));
  }

  /** The distinct columns of an expression, in order of appearance. */
  public static Set<Col> columns(Expr expr) {
    var found = new LinkedHashSet<Col>();
    walk(
        expr,
        e -> {
          if (e instanceof Col c) {
            found.add(c);
          }
        });
    return found;
  }
}
