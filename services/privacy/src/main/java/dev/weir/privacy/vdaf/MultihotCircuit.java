package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;

/** Bits, and the bits of their number, which is bounded by its encoding. */
final class MultihotCircuit implements ChunkedCircuit {
  private final Field field = Field128.INSTANCE;
  private final int length;
  private final long maxWeight;
  private final BoundedInteger weight;
  private final BitChunks bits;

  MultihotCircuit(int length, int maxWeight, int chunk) {
    this.length = length;
    this.maxWeight = maxWeight;
    this.weight = new BoundedInteger(field, maxWeight);
    this.bits = new BitChunks(field, measurementLength(), chunk);
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public BitChunks bits() {
    return bits;
  }

  @Override
  public int measurementLength() {
    return length + weight.bits();
  }

  @Override
  public int outputLength() {
    return length;
  }

  @Override
  public int checks() {
    return 2;
  }

  @Override
  public void encode(Measurement measurement, long[] out) {
    var chosen = measurement.all(length, 1);
    long total = 0;
    for (int i = 0; i < length; i++) {
      field.set(chosen[i], out, i);
      total += chosen[i];
    }
    if (total > maxWeight) {
      throw new IllegalArgumentException("the task takes at most " + maxWeight + " choices");
    }
    weight.encode(total, out, length);
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    var claimed = field.zeros(1);
    weight.decode(share, length, claimed, 0);
    bits.check(outputs, from, step, out);
    field.sum(out, 1, share, 0, 1, length);
    field.sub(out, 1, out, 1, claimed, 0);
  }

  @Override
  public void truncate(long[] share, long[] out) {
    System.arraycopy(share, 0, out, 0, out.length);
  }
}
