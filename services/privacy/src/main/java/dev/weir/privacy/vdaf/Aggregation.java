package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A running sum of output shares of one aggregator; order does not matter, and partial sums merge.
 * Confined to one thread.
 */
public final class Aggregation {
  private final Field field;
  private final int length;
  private final long[] sum;
  private final long[] read;

  Aggregation(Field field, int length) {
    this.field = field;
    this.length = length;
    this.sum = field.zeros(length);
    this.read = field.zeros(length);
  }

  /**
   * Adds one verified report.
   *
   * @throws IllegalArgumentException when the share is of another instance or not canonical
   */
  public void add(OutputShare share) {
    addBytes(share.raw());
  }

  /**
   * Adds what was summed up elsewhere.
   *
   * @throws IllegalArgumentException when the share is of another instance or not canonical
   */
  public void merge(AggregateShare share) {
    addBytes(share.raw());
  }

  /**
   * Adds noise, modulo the field.
   *
   * @param noise one integer per output, of either sign
   */
  public void addNoise(List<BigInteger> noise) {
    if (noise.size() != length) {
      throw new IllegalArgumentException("one draw of noise per output");
    }
    for (int i = 0; i < length; i++) {
      field.set(noise.get(i), read, i);
    }
    field.addEach(sum, 0, read, 0, length);
  }

  /** The sum so far. */
  public AggregateShare share() {
    var bytes = new byte[length * field.encodedBytes()];
    field.encode(sum, 0, length, bytes, 0);
    return AggregateShare.own(bytes);
  }

  List<BigInteger> values() {
    var values = new ArrayList<BigInteger>();
    for (int i = 0; i < length; i++) {
      values.add(field.get(sum, i));
    }
    return List.copyOf(values);
  }

  /** The sum with each value in (−modulus/2, modulus/2]. */
  List<BigInteger> signedValues() {
    var modulus = field.modulus();
    return values().stream()
        .map(value -> value.shiftLeft(1).compareTo(modulus) > 0 ? value.subtract(modulus) : value)
        .toList();
  }

  private void addBytes(byte[] bytes) {
    if (bytes.length != length * field.encodedBytes() || !field.decode(bytes, 0, read, 0, length)) {
      throw new IllegalArgumentException("not a share of this instance");
    }
    field.addEach(sum, 0, read, 0, length);
  }
}
