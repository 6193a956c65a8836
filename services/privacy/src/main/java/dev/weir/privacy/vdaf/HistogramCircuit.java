package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field128;

/** Bits that sum to 1. */
final class HistogramCircuit implements ChunkedCircuit {
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
  public BitChunks bits() {
    return bits;
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
