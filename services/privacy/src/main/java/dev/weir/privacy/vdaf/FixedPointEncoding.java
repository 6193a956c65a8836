package dev.weir.privacy.vdaf;

import java.math.BigInteger;
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
    var sum = sum();
    vectors.forEach(sum::add);
    return sum.measurement();
  }

  /** A measurement of no record yet. */
  public RecordSum sum() {
    return new RecordSum(this);
  }

  /** What makes every element of a measurement non-negative. */
  long offset() {
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
}
