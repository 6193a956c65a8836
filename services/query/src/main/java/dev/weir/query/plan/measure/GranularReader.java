package dev.weir.query.plan.measure;

import dev.weir.policy.product.MeasureBounds;
import dev.weir.query.plan.PlanRule;
import dev.weir.query.plan.Refusal;
import dev.weir.query.plan.RefusedException;
import dev.weir.query.plan.expr.Expr;
import dev.weir.query.plan.expr.Expr.Arithmetic;
import dev.weir.query.plan.expr.Expr.Case;
import dev.weir.query.plan.expr.Expr.Col;
import dev.weir.query.plan.expr.Expr.Extract;
import dev.weir.query.plan.expr.Expr.Lit;
import dev.weir.query.plan.expr.Expr.NullLit;
import dev.weir.query.plan.expr.Expr.Rescale;
import dev.weir.query.plan.expr.Expr.ToReal;
import dev.weir.query.plan.expr.ExprType.Base;
import dev.weir.query.plan.expr.Values;
import dev.weir.query.plan.measure.Granular.Branch;
import dev.weir.query.plan.measure.Granular.Choice;
import dev.weir.query.plan.measure.Granular.Combined;
import dev.weir.query.plan.measure.Granular.Constant;
import dev.weir.query.plan.measure.Granular.Finer;
import dev.weir.query.plan.measure.Granular.Leaf;
import dev.weir.query.plan.measure.Granular.Nothing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Brings an expression to whole granules, or refuses it for want of declared bounds. */
public final class GranularReader {
  /** Leaves room for the sum of 2³¹ records in 128 bits. */
  private static final int MAX_BITS = 94;

  private static final int REAL_BITS = 52;
  private static final BigInteger LONG = BigInteger.ONE.shiftLeft(Long.SIZE - 1);
  private final boolean dp;
  private final Function<Col, Optional<MeasureBounds>> bounds;

  /**
   * @param dp whether every column must be clamped to declared bounds; otherwise only reals are
   */
  public GranularReader(boolean dp, Function<Col, Optional<MeasureBounds>> bounds) {
    this.dp = dp;
    this.bounds = bounds;
  }

  public Granular read(Expr expr) {
    Granular granular =
        switch (expr) {
          case Col c -> column(c);
          case Lit l -> constant(l);
          case NullLit n -> new Nothing(BigDecimal.ONE);
          case Rescale r -> read(r.operand());
          case ToReal r -> read(r.operand());
          case Extract e -> part(e);
          case Arithmetic a -> combine(a.op(), read(a.left()), read(a.right()));
          case Case c -> choose(c);
          default -> throw RefusedException.of("MEASURE", PlanRule.TYPE_NOT_ALLOWED);
        };
    if (granular.bits() > MAX_BITS) {
      throw RefusedException.of("MEASURE", PlanRule.BOUNDS_TOO_WIDE);
    }
    return granular;
  }

  private Granular column(Col column) {
    if (!dp && column.type().base() == Base.NUMBER) {
      var unit = BigDecimal.ONE.scaleByPowerOfTen(-column.type().scale());
      return new Leaf(column, LONG.negate(), LONG, unit, false);
    }
    MeasureBounds declared =
        bounds
            .apply(column)
            .orElseThrow(() ->
                new RefusedException(
                    List.of(
                        Refusal.of("MEASURE", PlanRule.BOUNDS_MISSING)
                            .about(column.table() + "." + column.column()))));
    BigDecimal granule = declared.granule();
    var leaf =
        new Leaf(
            column,
            declared.lower().divideToIntegralValue(granule).toBigIntegerExact(),
            declared.upper().divideToIntegralValue(granule).toBigIntegerExact(),
            granule,
            true);
    if (leaf.bits() > REAL_BITS || granule.precision() > 15) {
      throw RefusedException.of("MEASURE", PlanRule.BOUNDS_TOO_WIDE);
    }
    return leaf;
  }

  private static Granular constant(Lit literal) {
    BigDecimal value =
        switch (Values.of(literal)) {
          case BigDecimal d -> d;
          case Double d when Double.isFinite(d) -> BigDecimal.valueOf(d);
          default -> throw RefusedException.of("MEASURE", PlanRule.TYPE_NOT_ALLOWED);
        };
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    BigDecimal scaled = plain.setScale(Math.max(0, plain.scale()));
    return new Constant(scaled.unscaledValue(), BigDecimal.ONE.scaleByPowerOfTen(-scaled.scale()));
  }

  private static Granular part(Extract extract) {
    long lower =
        extract.part() == Expr.TimePart.DAY || extract.part() == Expr.TimePart.MONTH ? 1 : 0;
    long upper =
        switch (extract.part()) {
          case YEAR -> 9999;
          case MONTH -> 12;
          case DAY -> 31;
          case HOUR -> 23;
          case DOW -> 6;
        };
    return new Leaf(
        extract, BigInteger.valueOf(lower), BigInteger.valueOf(upper), BigDecimal.ONE, true);
  }

  private static Granular combine(Expr.Operation op, Granular left, Granular right) {
    if (op == Expr.Operation.MULTIPLY) {
      return bounded(op, left, right, left.granule().multiply(right.granule()));
    }
    BigDecimal common = gcd(left.granule(), right.granule());
    return bounded(op, finer(left, common), finer(right, common), common);
  }

  private static Granular bounded(
      Expr.Operation op, Granular left, Granular right, BigDecimal granule) {
    List<BigInteger> corners =
        Stream.of(left.lower(), left.upper())
            .flatMap(a -> Stream.of(right.lower(), right.upper()).map(b -> apply(op, a, b)))
            .sorted()
            .toList();
    return new Combined(op, left, right, corners.getFirst(), corners.getLast(), granule);
  }

  private static BigInteger apply(Expr.Operation op, BigInteger a, BigInteger b) {
    return switch (op) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
    };
  }

  private Granular choose(Case expr) {
    var values = new ArrayList<Granular>();
    expr.whens().forEach(when -> values.add(read(when.value())));
    values.add(read(expr.otherwise()));
    BigDecimal common =
        values.stream().map(Granular::granule).reduce(GranularReader::gcd).orElseThrow();
    var branches = new ArrayList<Branch>();
    for (int i = 0; i < expr.whens().size(); i++) {
      branches.add(new Branch(expr.whens().get(i).condition(), finer(values.get(i), common)));
    }
    return new Choice(branches, finer(values.getLast(), common));
  }

  private static Granular finer(Granular value, BigDecimal granule) {
    if (value.granule().compareTo(granule) == 0) {
      return value;
    }
    if (value instanceof Nothing) {
      return new Nothing(granule);
    }
    return new Finer(
        value, value.granule().divideToIntegralValue(granule).toBigIntegerExact(), granule);
  }

  private static BigDecimal gcd(BigDecimal a, BigDecimal b) {
    int scale = Math.max(0, Math.max(a.scale(), b.scale()));
    BigInteger common = a.setScale(scale).unscaledValue().gcd(b.setScale(scale).unscaledValue());
    return new BigDecimal(common, scale);
  }
}
