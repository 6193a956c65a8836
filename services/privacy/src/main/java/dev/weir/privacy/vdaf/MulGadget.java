package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;

/** The draft's ParallelSum(Mul, count): Σ x₂ⱼ · x₂ⱼ₊₁; a plain Mul for a count of 1. */
record MulGadget(int count) implements Gadget {
  @Override
  public int arity() {
    return 2 * count;
  }

  @Override
  public int degree() {
    return 2;
  }

  @Override
  public void evaluate(Field field, long[] wires, int at, int points, long[] out) {
    int step = 2 * points;
    for (int k = 0; k < points; k++) {
      field.dot(out, k, wires, at + k, step, wires, at + points + k, step, count);
      field.restore(out, k, out, k);
    }
  }
}
