package dev.weir.privacy.vdaf;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The records of one client as they become one measurement: each is clipped, encoded and added, and
 * kept no longer than that. Holds secrets until it is garbage. Confined.
 */
public final class RecordSum {
  private final FixedPointEncoding encoding;
  private final long[] sum;
  private int records;
  private int clipped;

  RecordSum(FixedPointEncoding encoding) {
    this.encoding = encoding;
    this.sum = new long[encoding.length()];
    Arrays.fill(sum, encoding.offset());
  }

  /**
   * Adds a record's vector; one that is refused leaves everything as it was.
   *
   * @param vector finite numbers, shape [length]; secret
   * @throws IllegalArgumentException when it is none of the task's, or there are enough
   */
  public void add(double[] vector) {
    if (records == encoding.records()) {
      throw new IllegalArgumentException(
          "a measurement adds up at most " + encoding.records() + " records");
    }
    if (vector.length != encoding.length()) {
      throw new IllegalArgumentException(
          "the task takes vectors of " + encoding.length() + " elements");
    }
    double units = Math.scalb(1.0, encoding.fractionBits());
    long[] values = clipped(vector, units);
    long[] whole = scaled(vector, units);
    long changed = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
      changed |= values[i] ^ whole[i];
    }
    records++;
    clipped += changed == 0 ? 0 : 1;
  }

  /** How many records were added. */
  public int records() {
    return records;
  }

  /** How many of them clipping changed. */
  public int clipped() {
    return clipped;
  }

  /** The sum of the records until now. */
  public Measurement measurement() {
    return Measurement.vector(sum.clone());
  }

  private long[] clipped(double[] vector, double units) {
    double norm = 0;
    for (double value : vector) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("the task takes finite numbers");
      }
      norm = Math.hypot(norm, value);
    }
    double scale = Math.min(units, norm > 0 ? encoding.clipUnits() / norm : units);
    var most = BigInteger.valueOf(encoding.clipUnits()).pow(2);
    long[] values = scaled(vector, scale);
    while (squaredNorm(values).compareTo(most) > 0) {
      scale = scale * (1 - 0x1p-30); // rounding made it a hair too long
      values = scaled(vector, scale);
    }
    return values;
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
