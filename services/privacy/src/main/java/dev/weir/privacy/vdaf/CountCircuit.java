package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field64;

/** One element x with x · x = x. */
final class CountCircuit implements Circuit {
  private final Field field = Field64.INSTANCE;

  @Override
  public Field field() {
    return field;
  }

  @Override
  public Gadget gadget() {
    return new MulGadget(1);
  }

  @Override
  public int calls() {
    return 1;
  }

  @Override
  public int measurementLength() {
    return 1;
  }

  @Override
  public int outputLength() {
    return 1;
  }

  @Override
  public int jointRandLength() {
    return 0;
  }

  @Override
  public int checks() {
    return 1;
  }

  @Override
  public void encode(Measurement measurement, long[] out) {
    field.set(measurement.single(1), out, 0);
  }

  @Override
  public void wires(long[] measurement, long[] joint, long[] wires, int points) {
    field.add(wires, 1, wires, 1, measurement, 0);
    field.add(wires, points + 1, wires, points + 1, measurement, 0);
  }

  @Override
  public void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    var wire = field.zeros(1);
    field.mul(wire, 0, lambda, 1, share, 0);
    field.add(y, at, y, at, wire, 0);
    field.add(y, at + 1, y, at + 1, wire, 0);
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    field.sub(out, 0, outputs, from + step, share, 0);
  }

  @Override
  public void truncate(long[] share, long[] out) {
    field.addEach(out, 0, share, 0, 1);
  }
}
