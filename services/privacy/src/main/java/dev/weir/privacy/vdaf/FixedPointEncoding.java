package dev.weir.privacy.vdaf;

import java.math.BigInteger;
import java.util.List;

/**
 * Real vectors, clipped to a Euclidean norm, as non-negative integers for a {@link
 * Prio3Instance.SumVec}: x becomes ⌊x·2^fractionBits⌋ towards zero, plus an offset. Part of a
 * task's declaration, equal at all parties. Whatever floating point does, the integers without
 * their offset have a norm of at most {@link #clipUnits()}: that is checked on the integers.
 * Immutable.
 *
 * @param length elements of a vector
 * @param clipUnits the norm to clip to, times 2^fractionBits; 1 to 2²⁹
 * @param fractionBits 0 to 30
 */
public record FixedPointEncoding(int length, long clipUnits, int fractionBits) {
  private static final long MOST_UNITS = 1L << 29;
  private static final int MOST_FRACTION_BITS = 30;

  public FixedPointEncoding {
    Limits.atLeastOne("length", length);
    if (clipUnits < 1 || clipUnits > MOST_UNITS) {
      throw new IllegalArgumentException("the clipping norm is 1 to 2^29 units");
    }
    if (fractionBits < 0 || fractionBits > MOST_FRACTION_BITS) {
      throw new IllegalArgumentException("0 to 30 bits of fraction");
    }
  }

  /** The largest integer an element becomes. */
  public long maxMeasurement() {
    return 2 * clipUnits;
  }

  /** How far replacing one vector moves a sum; the offset cancels. */
  public Sensitivity sensitivity() {
    return Sensitivity.clipped(length, clipUnits, Adjacency.REPLACE_ONE);
  }

  /**
   * Clips and encodes.
   *
   * @param vector finite numbers, shape [length]; secret
   */
  public Measurement encode(double[] vector) {
    if (vector.length != length) {
      throw new IllegalArgumentException("the task takes vectors of " + length + " elements");
    }
    double norm = 0;
    for (double value : vector) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("the task takes finite numbers");
      }
      norm = Math.hypot(norm, value);
    }
    double units = Math.scalb(1.0, fractionBits);
    double scale = Math.min(units, norm > 0 ? clipUnits / norm : units);
    long[] values = scaled(vector, scale);
    while (squaredNorm(values).compareTo(BigInteger.valueOf(clipUnits).pow(2)) > 0) {
      scale = scale * (1 - 0x1p-30); // rounding made it a hair too long
      values = scaled(vector, scale);
    }
    for (int i = 0; i < length; i++) {
      values[i] += clipUnits;
    }
    return Measurement.vector(values);
  }

  /**
   * The sum of what was encoded, from the sum of the integers.
   *
   * @param sums as unsharded, with or without noise, shape [length]
   * @param reports how many vectors were added up
   */
  public double[] decode(List<BigInteger> sums, long reports) {
    var offset = BigInteger.valueOf(clipUnits).multiply(BigInteger.valueOf(reports));
    return sums.stream()
        .mapToDouble(sum -> Math.scalb(sum.subtract(offset).doubleValue(), -fractionBits))
        .toArray();
  }

  private static long[] scaled(double[] vector, double scale) {
    var values = new long[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) (vector[i] * scale); // towards zero
    }
    return values;
  }

  private static BigInteger squaredNorm(long[] values) {
    var sum = BigInteger.ZERO;
    for (long value : values) {
      sum = sum.add(BigInteger.valueOf(value).pow(2));
    }
    return sum;
  }
}
