package dev.weir.privacy.vdaf;

import dev.weir.privacy.field.Field;

/**
 * The chunked range check of the draft: Σ over calls i and positions j of rᵢ^(j+1) · e · (e − 1)
 * over elements e, rᵢ being joint randomness; 0 for bits, and hardly for anything else. Elements
 * beyond the end count as 0. Immutable.
 */
final class BitChunks {
  private final Field field;
  private final int length;
  private final int chunk;
  private final int calls;
  private final MulGadget gadget;

  BitChunks(Field field, int length, int chunk) {
    this.field = field;
    this.length = length;
    this.chunk = chunk;
    this.calls = Math.ceilDiv(length, chunk);
    this.gadget = new MulGadget(chunk);
  }

  Gadget gadget() {
    return gadget;
  }

  int calls() {
    return calls;
  }

  /** Calls whose chunk has an element at position j. */
  private int reached(int j) {
    return Math.ceilDiv(length - j, chunk);
  }

  /** See {@link Circuit#wires}. */
  void wires(long[] measurement, long[] joint, long[] wires, int points) {
    var one = field.zeros(1);
    field.set(1, one, 0);
    var power = joint.clone();
    for (int j = 0; j < chunk; j++) {
      int even = 2 * j * points + 1;
      int odd = even + points;
      int reached = Math.max(0, reached(j));
      for (int i = 0; i < calls; i++) {
        if (i < reached) {
          field.mul(wires, even + i, power, i, measurement, i * chunk + j);
          field.sub(wires, odd + i, measurement, i * chunk + j, one, 0);
        } else {
          field.sub(wires, odd + i, wires, odd + i, one, 0);
        }
      }
      field.mulEach(power, 0, joint, 0, calls);
    }
  }

  /** See {@link Circuit#wiresAt}. */
  void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    var shift = field.zeros(1); // ι · Σ λ, of every odd wire, padding too
    field.sum(shift, 0, lambda, 1, 1, calls);
    field.mul(shift, 0, shift, 0, iota, 0);
    var weight = field.zeros(calls); // λ_k · r_k^(j + 1)
    System.arraycopy(lambda, field.words(), weight, 0, weight.length);
    var wire = field.zeros(1);
    for (int j = 0; j < chunk; j++) {
      int reached = Math.max(0, reached(j));
      field.mulEach(weight, 0, joint, 0, reached);
      field.dot(wire, 0, weight, 0, 1, share, j, chunk, reached);
      field.add(y, at + 2 * j, y, at + 2 * j, wire, 0);
      field.dot(wire, 0, lambda, 1, 1, share, j, chunk, reached);
      field.sub(wire, 0, wire, 0, shift, 0);
      field.add(y, at + 2 * j + 1, y, at + 2 * j + 1, wire, 0);
    }
  }

  /** out[0] = the sum of all call outputs; see {@link Circuit#check}. */
  void check(long[] outputs, int from, int step, long[] out) {
    field.sum(out, 0, outputs, from + step, step, calls);
  }
}
