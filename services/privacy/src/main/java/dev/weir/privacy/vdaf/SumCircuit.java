package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field64;
import java.math.BigInteger;

/** The bits of one integer, each checked by itself. */
final class SumCircuit implements Circuit {
  private final Field field = Field64.INSTANCE;
  private final long max;
  private final BoundedInteger integer;

  SumCircuit(long max) {
    this.max = max;
    this.integer = new BoundedInteger(field, max);
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public Gadget gadget() {
    return new BitGadget();
  }

  @Override
  public int calls() {
    return integer.bits();
  }

  @Override
  public int measurementLength() {
    return integer.bits();
  }

  @Override
  public int outputLength() {
    return 1;
  }

  @Override
  public BigInteger largestOutput() {
    return BigInteger.valueOf(max);
  }

  @Override
  public int jointRandLength() {
    return 0;
  }

  @Override
  public int checks() {
    return integer.bits();
  }

  @Override
  public void encode(Measurement measurement, long[] out) {
    integer.encode(measurement.single(max), out, 0);
  }

  @Override
  public void wires(long[] measurement, long[] joint, long[] wires, int points) {
    field.addEach(wires, 1, measurement, 0, integer.bits());
  }

  @Override
  public void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    var wire = field.zeros(1);
    field.dot(wire, 0, lambda, 1, 1, share, 0, 1, integer.bits());
    field.add(y, at, y, at, wire, 0);
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    for (int k = 0; k < integer.bits(); k++) {
      field.sum(out, k, outputs, from + (k + 1) * step, 1, 1);
    }
  }

  @Override
  public void truncate(long[] share, long[] out) {
    integer.decode(share, 0, out, 0);
  }
}
