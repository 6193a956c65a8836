package dev.weir.query.plan.render;

import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.Lit;
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

/** How wide the numbers are that an engine meets on the way to a granular, from bounds alone. */
final class GranularWidth {
  /** Room for a histogram's offset and for the dividend of a rounding. */
  private static final int MAX_BITS = 60;

  private GranularWidth() {}

  /** A column's unit and the granule as whole multiples of their common measure. */
  record Units(BigInteger perUnit, BigInteger perGranule) {}

  static Units units(Leaf leaf) {
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-leaf.operand().type().scale());
    int scale = Math.max(0, Math.max(unit.scale(), leaf.granule().scale()));
    BigInteger u = unit.setScale(scale).unscaledValue();
    BigInteger g = leaf.granule().setScale(scale).unscaledValue();
    BigInteger common = u.gcd(g);
    return new Units(u.divide(common), g.divide(common));
  }

  /** Whether no step needs more than 64 bits, whatever the data. */
  static boolean fitsLong(Granular granular) {
    return switch (granular) {
      case Leaf leaf -> fitsLong(leaf);
      case Constant c -> c.bits() <= MAX_BITS;
      case Nothing n -> true;
      case Finer f -> f.bits() <= MAX_BITS && fitsLong(f.operand());
      case Combined c -> c.bits() <= MAX_BITS && fitsLong(c.left()) && fitsLong(c.right());
      case Choice c ->
          fitsLong(c.otherwise()) && c.branches().stream().allMatch(b -> fitsLong(b.value()));
    };
  }

  private static boolean fitsLong(Leaf leaf) {
    if (leaf.operand().type().base() == Base.REAL) {
      return leaf.bits() <= MAX_BITS;
    }
    if (!isLong(leaf.operand())) {
      return false;
    }
    return !leaf.clamp() || dividendBits(leaf) <= MAX_BITS;
  }

  /** Of twice the clamped value in common measures, the widest step of rounding to granules. */
  private static int dividendBits(Leaf leaf) {
    var units = units(leaf);
    BigInteger span = leaf.upper().subtract(leaf.lower()).add(BigInteger.ONE);
    return leaf.magnitude().max(span).multiply(units.perGranule()).shiftLeft(2).bitLength()
        + units.perUnit().bitLength();
  }

  /** Whether the engine holds the value as a 64-bit number already; results of sums it does not. */
  private static boolean isLong(Expr expr) {
    return switch (expr) {
      case Col c -> true;
      case Lit l -> true;
      case Extract e -> true;
      case Case c ->
          isLong(c.otherwise()) && c.whens().stream().allMatch(when -> isLong(when.value()));
      default -> false;
    };
  }
}
