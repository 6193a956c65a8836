package dev.weir.privacy.vdaf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Real vectors of records, each clipped to a Euclidean norm, as non-negative integers for a {@link
 * Prio3Instance.SumVec} or an {@link UnverifiedVector}: x becomes ⌊x·2^fractionBits⌋ towards zero;
 * a measurement is the sum over the client's records, plus an offset. Part of a task's declaration,
 * equal at all parties. Whatever floating point does, the integers of one record have a norm of at
 * most {@link #clipUnits()}: that is checked on the integers. Immutable.
 *
 * @param length elements of a vector
 * @param clipUnits the norm to clip each record to, times 2^fractionBits; 1 to 2²⁹
 * @param fractionBits 0 to 30
 * @param records most records that one measurement adds up, 1 to 2²⁴
 */
public record FixedPointEncoding(int length, long clipUnits, int fractionBits, int records) {
  private static final long MOST_UNITS = 1L << 29;
  private static final int MOST_FRACTION_BITS = 30;
  private static final int MOST_RECORDS = 1 << 24;

  public FixedPointEncoding {
    Limits.atLeastOne("length", length);
    if (clipUnits < 1 || clipUnits > MOST_UNITS) {
      throw new IllegalArgumentException("the clipping norm is 1 to 2^29 units");
    }
    if (fractionBits < 0 || fractionBits > MOST_FRACTION_BITS) {
      throw new IllegalArgumentException("0 to 30 bits of fraction");
    }
    if (records < 1 || records > MOST_RECORDS) {
      throw new IllegalArgumentException("a measurement adds up 1 to 2^24 records");
    }
  }

  /** The largest integer an element becomes. */
  public long maxMeasurement() {
    return 2 * offset();
  }

  /** How far replacing one record moves a sum; the offset cancels. */
  public Sensitivity sensitivity() {
    return Sensitivity.clipped(length, clipUnits, Adjacency.REPLACE_ONE);
  }

  /**
   * Clips and encodes the vector of one record.
   *
   * @param vector finite numbers, shape [length]; secret
   */
  public Measurement encode(double[] vector) {
    return encode(List.of(vector));
  }

  /**
   * Clips each record's vector and encodes their sum.
   *
   * @param vectors of at most {@link #records()} records, finite numbers, each of shape [length];
   *     secret
   */
  public Measurement encode(List<double[]> vectors) {
    if (vectors.size() > records) {
      throw new IllegalArgumentException("a measurement adds up at most " + records + " records");
    }
    var sum = new long[length];
    Arrays.fill(sum, offset());
    for (double[] vector : vectors) {
      long[] values = clipped(vector);
      for (int i = 0; i < length; i++) {
        sum[i] += values[i];
      }
    }
    return Measurement.vector(sum);
  }

  private long[] clipped(double[] vector) {
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
    return values;
  }

  /** What makes every element of a measurement non-negative. */
  private long offset() {
    return clipUnits * records;
  }

  /**
   * The sum of what was encoded, from the sum of the integers.
   *
   * @param sums as unsharded, with or without noise, shape [length]
   * @param reports how many measurements were added up
   */
  public double[] decode(List<BigInteger> sums, long reports) {
    var offset = BigInteger.valueOf(offset()).multiply(BigInteger.valueOf(reports));
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
