package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;

/** Bits that sum to 1. */
final class HistogramCircuit implements Circuit {
  private final Field field = Field128.INSTANCE;
  private final int length;
  private final BitChunks bits;

  HistogramCircuit(int length, int chunk) {
    this.length = length;
    this.bits = new BitChunks(field, length, chunk);
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public Gadget gadget() {
    return bits.gadget();
  }

  @Override
  public int calls() {
    return bits.calls();
  }

  @Override
  public int measurementLength() {
    return length;
  }

  @Override
  public int outputLength() {
    return length;
  }

  @Override
  public int jointRandLength() {
    return bits.calls();
  }

  @Override
  public int checks() {
    return 2;
  }

  @Override
  public void encode(Measurement measurement, long[] out) {
    long index = measurement.single(length - 1L);
    for (int i = 0; i < length; i++) {
      long difference = i ^ index;
      field.set(1 - ((difference | -difference) >>> 63), out, i); // no index depends on it
    }
  }

  @Override
  public void wires(long[] measurement, long[] joint, long[] wires, int points) {
    bits.wires(measurement, joint, wires, points);
  }

  @Override
  public void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    bits.wiresAt(lambda, share, joint, iota, y, at);
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    bits.check(outputs, from, step, out);
    field.sum(out, 1, share, 0, 1, length);
    field.sub(out, 1, out, 1, iota, 0);
  }

  @Override
  public void truncate(long[] share, long[] out) {
    System.arraycopy(share, 0, out, 0, out.length);
  }
}
