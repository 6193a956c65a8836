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
import dev.weir.query.plan.expr.ExprType.Base;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The canonical text of an expression: prefix notation, injective over expressions. */
public final class ExprText {
  private final UnaryOperator<String> tables;

  private ExprText(UnaryOperator<String> tables) {
    this.tables = tables;
  }

  public static String of(Expr expr) {
    return new ExprText(UnaryOperator.identity()).text(expr);
  }

  /**
   * @param tables what to call a product's table
   */
  public static String of(Expr expr, UnaryOperator<String> tables) {
    return new ExprText(tables).text(expr);
  }

  private String text(Expr expr) {
    return switch (expr) {
      case Col c -> name(c);
      case Slot s -> "#" + s.index();
      case Lit l -> literal(l);
      case NullLit n -> "null:" + n.type().base();
      case Compare c -> call(c.op().symbol(), List.of(c.left(), c.right()));
      case Logic l -> call(l.and() ? "and" : "or", l.operands());
      case Not n -> call("not", List.of(n.operand()));
      case IsNull n -> call("null?", List.of(n.operand()));
      case IsTrue t -> call("true?", List.of(t.operand()));
      case Like l -> "(like " + text(l.value()) + " " + quoted(l.pattern()) + ")";
      case Case c -> call("case", Children.of(c));
      case Arithmetic a -> call(symbol(a), List.of(a.left(), a.right()));
      case Rescale r -> "(scale" + r.type().scale() + " " + text(r.operand()) + ")";
      case ToReal r -> call("real", List.of(r.operand()));
      case ToTimestamp t -> call("timestamp", List.of(t.operand()));
      case Extract e -> call(lower(e.part()), List.of(e.operand()));
      case FloorTo f -> call("floor-" + lower(f.part()), List.of(f.operand()));
      case LetterCase l -> call(l.upper() ? "upper" : "lower", List.of(l.operand()));
      case Substring s ->
          "(substring " + text(s.operand()) + " " + s.from() + " " + s.length() + ")";
    };
  }

  private String name(Col column) {
    return tables.apply(column.table()) + "." + quoted(column.column());
  }

  private static String literal(Lit lit) {
    String text =
        lit.type().base() == Base.NUMBER
            ? new BigDecimal(new BigInteger(lit.text()), lit.type().scale())
                .stripTrailingZeros()
                .toPlainString()
            : quoted(lit.text());
    return lit.type().base().name().charAt(0) + (lit.type().base() == Base.TEXT ? "x" : "") + text;
  }

  private String call(String name, List<Expr> operands) {
    return operands.stream()
        .map(this::text)
        .collect(Collectors.joining(" ", "(" + name + " ", ")"));
  }

  private static String symbol(Arithmetic arithmetic) {
    return switch (arithmetic.op()) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
