package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;
import dev.weir.privacy.field.Field64;

/** The draft's test circuit: an integer in 0 … 2, checked by x³ − 3x² + 2x. */
final class HigherDegreeCircuit implements Circuit {
  private final Field field = Field64.INSTANCE;

  private record Cubic() implements Gadget {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public int degree() {
      return 3;
    }

    @Override
    public void evaluate(Field field, long[] wires, int at, int points, long[] out) {
      for (int k = 0; k < points; k++) {
        // x (x − 1) (x − 2)
        var factor = new long[] {1};
        field.sub(out, k, wires, at + k, factor, 0);
        field.sub(factor, 0, out, k, factor, 0);
        field.mul(out, k, out, k, factor, 0);
        field.mul(out, k, out, k, wires, at + k);
      }
    }
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public Gadget gadget() {
    return new Cubic();
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
    out[0] = measurement.single(2);
  }

  @Override
  public void wires(long[] measurement, long[] joint, long[] wires, int points) {
    wires[1] = measurement[0];
  }

  @Override
  public void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    var wire = new long[1];
    field.mul(wire, 0, lambda, 1, share, 0);
    field.add(y, at, y, at, wire, 0);
  }

  @Override
  public void check(long[] share, long[] outputs, int from, int step, long[] iota, long[] out) {
    out[0] = outputs[from + step];
  }

  @Override
  public void truncate(long[] share, long[] out) {
    out[0] = share[0];
  }
}
