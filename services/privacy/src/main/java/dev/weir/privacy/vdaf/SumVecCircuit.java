package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import java.math.BigInteger;

/** The bits of every element of a vector, checked in chunks. */
final class SumVecCircuit implements ChunkedCircuit {
  private final Field field;
  private final int length;
  private final long max;
  private final BoundedInteger integer;
  private final BitChunks bits;

  SumVecCircuit(Field field, int length, long max, int chunk) {
    this.field = field;
    this.length = length;
    this.max = max;
    this.integer = new BoundedInteger(field, max);
    this.bits = new BitChunks(field, length * integer.bits(), chunk);
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
    return length * integer.bits();
  }

  @Override
  public int outputLength() {
    return length;
  }

  @Override
  public BigInteger largestOutput() {
    return BigInteger.valueOf(max);
  }

  @Override
  public int checks() {
    return 1;
  }

  @Override
  public void encode(Measurement measurement, long[] out) {
    var values = measurement.all(length, max);
    for (int i = 0; i < length; i++) {
      integer.encode(values[i], out, i * integer.bits());
    }
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    bits.check(outputs, from, step, out);
  }

  @Override
  public void truncate(long[] share, long[] out) {
    if (integer.bits() == 1) {
      System.arraycopy(share, 0, out, 0, out.length);
      return;
    }
    for (int i = 0; i < length; i++) {
      integer.decode(share, i * integer.bits(), out, i);
    }
  }
}
