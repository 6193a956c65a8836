package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.measure.Granular;
import dev.weir.query.plan.measure.Granular.Choice;
import dev.weir.query.plan.measure.Granular.Combined;
import dev.weir.query.plan.measure.Granular.Constant;
import dev.weir.query.plan.measure.Granular.Finer;
import dev.weir.query.plan.measure.Granular.Leaf;
import dev.weir.query.plan.measure.Granular.Nothing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whole granules in an engine's dialect: clamped before they are computed with, null when unknown.
 * Computed in the engine's 64-bit numbers where the bounds keep every step inside them, otherwise
 * in its wide ones; its sums are wide in any case.
 */
final class GranularSql {
  private final ExprSql exprs;
  private final UnaryOperator<Fragment> whole;

  GranularSql(ExprSql exprs) {
    this(exprs, exprs::wide);
  }

  private GranularSql(ExprSql exprs, UnaryOperator<Fragment> whole) {
    this.exprs = exprs;
    this.whole = whole;
  }

  Fragment of(Granular granular) {
    return exprs.duck() && GranularWidth.fitsLong(granular)
        ? new GranularSql(exprs, exprs::narrow).render(granular)
        : render(granular);
  }

  private Fragment render(Granular granular) {
    return switch (granular) {
      case Leaf leaf -> leaf(leaf);
      case Constant c -> whole.apply(Fragment.of("(" + c.value() + ")"));
      case Nothing n -> whole.apply(Fragment.of("NULL"));
      case Finer f -> Fragment.format("({} * " + f.factor() + ")", render(f.operand()));
      case Combined c ->
          Fragment.format("({} " + symbol(c) + " {})", render(c.left()), render(c.right()));
      case Choice c -> choose(c);
    };
  }

  private static String symbol(Combined combined) {
    return switch (combined.op()) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
    };
  }

  private Fragment choose(Choice choice) {
    List<Fragment> branches =
        choice.branches().stream()
            .map(
                b -> Fragment.format("WHEN {} THEN {}", exprs.of(b.condition()), render(b.value())))
            .toList();
    return Fragment.format(
        "(CASE {} ELSE {} END)", Fragment.join(" ", branches), render(choice.otherwise()));
  }

  private Fragment leaf(Leaf leaf) {
    if (!leaf.clamp()) {
      return whole.apply(exprs.of(leaf.operand()));
    }
    return leaf.operand().type().base() == Base.REAL ? real(leaf) : exact(leaf);
  }

  /** Clamped as a real, rounded to the nearest granule, clamped again against rounding. */
  private Fragment real(Leaf leaf) {
    Fragment x = exprs.of(leaf.operand());
    String type = exprs.duck() ? "DOUBLE" : "DOUBLE PRECISION";
    String nan = exprs.duck() ? "isnan({})" : "{} = CAST('NaN' AS DOUBLE PRECISION)";
    String granules =
        "floor(least(greatest({}, %s), %s) / %s + 0.5)"
            .formatted(
                number(leaf.granule().multiply(new BigDecimal(leaf.lower())), type),
                number(leaf.granule().multiply(new BigDecimal(leaf.upper())), type),
                number(leaf.granule(), type));
    Fragment rounded = whole.apply(Fragment.format(granules, x));
    return Fragment.format(
        "(CASE WHEN {} IS NULL OR " + nan + " THEN NULL ELSE " + clamp(leaf) + " END)",
        x,
        x,
        rounded);
  }

  /** Works on unscaled integers: the column's unit and the granule are a fraction of each other. */
  private Fragment exact(Leaf leaf) {
    Expr operand = leaf.operand();
    var units = GranularWidth.units(leaf);
    BigInteger p = units.perUnit();
    BigInteger q = units.perGranule();
    BigInteger least = divide(leaf.lower().multiply(q), p, RoundingMode.CEILING);
    BigInteger greatest = divide(leaf.upper().multiply(q), p, RoundingMode.FLOOR);
    Fragment x = exprs.of(operand);
    Fragment clamped =
        Fragment.format(
            "least(greatest({}, (" + least + ")), (" + greatest.max(least) + "))", whole.apply(x));
    if (p.equals(q)) {
      return Fragment.format("(CASE WHEN {} IS NULL THEN NULL ELSE {} END)", x, clamped);
    }
    Fragment granules = clamped;
    if (!q.equals(BigInteger.ONE)) {
      // The dividend is not negative, so that both dialects round the same way.
      String dividend = "(2 * ({} * %s - (%s)) + %s)".formatted(p, leaf.lower().multiply(q), q);
      granules =
          Fragment.format(
              "((" + leaf.lower() + ") + " + division(dividend, q.shiftLeft(1)) + ")", clamped);
    } else if (!p.equals(BigInteger.ONE)) {
      granules = Fragment.format("({} * " + p + ")", clamped);
    }
    return Fragment.format(
        "(CASE WHEN {} IS NULL THEN NULL ELSE " + clamp(leaf) + " END)", x, granules);
  }

  /** Whole division of a dividend that is not negative. */
  String division(String dividend, BigInteger divisor) {
    return exprs.duck()
        ? "(" + dividend + " // " + divisor + ")"
        : "div(" + dividend + ", " + divisor + ")";
  }

  private static String clamp(Leaf leaf) {
    return "least(greatest({}, (" + leaf.lower() + ")), (" + leaf.upper() + "))";
  }

  private static String number(BigDecimal value, String type) {
    return "CAST(" + value.toPlainString() + " AS " + type + ")";
  }

  private static BigInteger divide(BigInteger a, BigInteger b, RoundingMode mode) {
    return new BigDecimal(a).divide(new BigDecimal(b), 0, mode).toBigIntegerExact();
  }
}
