package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;

/** The draft's PolyEval of x² − x: 0 for a bit, and only for a bit. */
record BitGadget() implements Gadget {
  @Override
  public int arity() {
    return 1;
  }

  @Override
  public int degree() {
    return 2;
  }

  @Override
  public void evaluate(Field field, long[] wires, int at, int points, long[] out) {
    for (int k = 0; k < points; k++) {
      field.mul(out, k, wires, at + k, wires, at + k);
      field.restore(out, k, out, k);
      field.sub(out, k, out, k, wires, at + k);
    }
  }
}
