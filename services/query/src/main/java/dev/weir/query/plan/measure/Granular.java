package dev.weir.query.plan.measure;

import dev.weir.query.plan.expr.Expr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * A number counted in whole granules, or null. The bounds hold for every record whatever its
 * values.
 */
public sealed interface Granular {
  /** In granules. */
  BigInteger lower();

  /** In granules. */
  BigInteger upper();

  /** The unit: value = granules · granule. */
  BigDecimal granule();

  /**
   * A scalar brought to granules.
   *
   * @param clamp whether values outside the bounds are moved to them; otherwise the type keeps them
   *     inside
   */
  record Leaf(Expr operand, BigInteger lower, BigInteger upper, BigDecimal granule, boolean clamp)
      implements Granular {}

  record Constant(BigInteger value, BigDecimal granule) implements Granular {
    @Override
    public BigInteger lower() {
      return value;
    }

    @Override
    public BigInteger upper() {
      return value;
    }
  }

  /** Always null. */
  record Nothing(BigDecimal granule) implements Granular {
    @Override
    public BigInteger lower() {
      return BigInteger.ZERO;
    }

    @Override
    public BigInteger upper() {
      return BigInteger.ZERO;
    }
  }

  /** The same value in a finer granule. */
  record Finer(Granular operand, BigInteger factor, BigDecimal granule) implements Granular {
    @Override
    public BigInteger lower() {
      return operand.lower().multiply(factor);
    }

    @Override
    public BigInteger upper() {
      return operand.upper().multiply(factor);
    }
  }

  /** Sum, difference or product; operands of the first two share the granule. */
  record Combined(
      Expr.Operation op,
      Granular left,
      Granular right,
      BigInteger lower,
      BigInteger upper,
      BigDecimal granule)
      implements Granular {}

  /** The first branch whose condition holds. */
  record Choice(List<Branch> branches, Granular otherwise) implements Granular {
    public Choice {
      branches = List.copyOf(branches);
    }

    @Override
    public BigInteger lower() {
      return branches.stream()
          .map(b -> b.value().lower())
          .reduce(otherwise.lower(), BigInteger::min);
    }

    @Override
    public BigInteger upper() {
      return branches.stream()
          .map(b -> b.value().upper())
          .reduce(otherwise.upper(), BigInteger::max);
    }

    @Override
    public BigDecimal granule() {
      return otherwise.granule();
    }
  }

  /** One branch of a choice; all values share a granule. */
  record Branch(Expr condition, Granular value) {}

  /** The most one record adds to or takes from a sum, in granules. */
  default BigInteger magnitude() {
    return lower().abs().max(upper().abs());
  }

  /** Bits of the widest value. */
  default int bits() {
    return magnitude().bitLength();
  }
}
