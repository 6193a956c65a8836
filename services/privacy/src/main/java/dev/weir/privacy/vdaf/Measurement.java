package dev.weir.privacy.vdaf;

import java.util.Arrays;

/**
 * What a client contributes; secret. The circuit says what it may be: a count takes 0 or 1, a sum
 * one integer, a vector one integer per element, a histogram the index of a bucket, a multihot
 * vector a 0 or 1 per option.
 */
public final class Measurement {
  private final long[] values;

  private Measurement(long[] values) {
    this.values = values;
  }

  /** For a count. */
  public static Measurement yes(boolean value) {
    return new Measurement(new long[] {value ? 1 : 0});
  }

  /** For a sum. */
  public static Measurement number(long value) {
    return new Measurement(new long[] {value});
  }

  /** For a histogram. */
  public static Measurement bucket(int index) {
    return new Measurement(new long[] {index});
  }

  /** For a vector of sums. */
  public static Measurement vector(long... values) {
    return new Measurement(values.clone());
  }

  /** For a multihot vector. */
  public static Measurement choices(boolean... chosen) {
    var values = new long[chosen.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = chosen[i] ? 1 : 0;
    }
    return new Measurement(values);
  }

  /**
   * @return the only value
   * @throws IllegalArgumentException unless it is one value in [0, max]
   */
  long single(long max) {
    return all(1, max)[0];
  }

  /**
   * @return the values themselves, not to be changed
   * @throws IllegalArgumentException unless there are {@code length} values, each in [0, max]
   */
  long[] all(int length, long max) {
    if (values.length != length) {
      throw new IllegalArgumentException("the task takes measurements of " + length + " values");
    }
    if (Arrays.stream(values).anyMatch(value -> value < 0 || value > max)) {
      throw new IllegalArgumentException("the task takes values from 0 to " + max);
    }
    return values;
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "Measurement[" + values.length + " values]";
  }
}
