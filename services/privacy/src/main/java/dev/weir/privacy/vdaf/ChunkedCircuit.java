package dev.weir.privacy.vdaf;

/** A circuit whose encoded elements are bits, checked in chunks, whatever they stand for. */
interface ChunkedCircuit extends Circuit {
  BitChunks bits();

  @Override
  default Gadget gadget() {
    return bits().gadget();
  }

  @Override
  default int calls() {
    return bits().calls();
  }

  @Override
  default int jointRandLength() {
    return bits().calls();
  }

  @Override
  default void wires(long[] measurement, long[] joint, long[] wires, int points) {
    bits().wires(measurement, joint, wires, points);
  }

  @Override
  default void wiresAt(long[] lambda, long[] share, long[] joint, long[] iota, long[] y, int at) {
    bits().wiresAt(lambda, share, joint, iota, y, at);
  }
}
