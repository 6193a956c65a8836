package dev.weir.privacy.field;

/**
 * Doubles a polynomial: from its values at the m-th roots of unity to those at the odd powers of
 * W_2m, the points in between. One inverse transform by decimation in frequency, one scaling by
 * W_2m^j/m in bit-reversed order, one forward transform by decimation in time, so that nothing is
 * ever permuted. Immutable and thread-safe.
 */
public final class OddPoints {
  private final Field field;
  private final int size;
  private final long[] roots; // multipliers of W_m^i, shape [m / 2]
  private final long[] inverseRoots;
  private final long[] scale; // multipliers of W_2m^j / m, j bit-reversed, shape [m]

  /**
   * @param log m = 2^log, at least 1, below the field's largest root order
   */
  public OddPoints(Field field, int log) {
    this.field = field;
    this.size = 1 << log;
    this.roots = Roots.powers(field, log, size / 2);
    this.inverseRoots = Roots.inversePowers(field, log, size / 2);
    this.scale = field.zeros(size);
    var shift = Roots.powers(field, log + 1, size);
    var inverseSize = field.zeros(1);
    field.inverse(size, inverseSize, 0);
    for (int j = 0; j < size; j++) {
      int reversed = Integer.reverse(j) >>> (Integer.SIZE - log);
      field.mul(scale, j, shift, reversed, inverseSize, 0);
    }
  }

  /**
   * @param values elements at W_m^i, from position {@code at} on, shape [m]; replaced by those at
   *     W_2m^(2i+1)
   */
  public void transform(long[] values, int at) {
    var scratch = field.zeros(1);
    for (int half = size / 2; half > 0; half /= 2) {
      inverseLayer(values, at, half, scratch);
    }
    field.mulEach(values, at, scale, 0, size);
    for (int half = 1; half < size; half *= 2) {
      forwardLayer(values, at, half, scratch);
    }
  }

  private void inverseLayer(long[] values, int at, int half, long[] scratch) {
    int stride = size / (2 * half);
    for (int block = at; block < at + size; block += 2 * half) {
      for (int i = 0; i < half; i++) {
        int low = block + i;
        int high = low + half;
        field.sub(scratch, 0, values, low, values, high);
        field.add(values, low, values, low, values, high);
        field.mul(values, high, scratch, 0, inverseRoots, i * stride);
      }
    }
  }

  private void forwardLayer(long[] values, int at, int half, long[] scratch) {
    int stride = size / (2 * half);
    for (int block = at; block < at + size; block += 2 * half) {
      for (int i = 0; i < half; i++) {
        int low = block + i;
        int high = low + half;
        field.mul(scratch, 0, values, high, roots, i * stride);
        field.sub(values, high, values, low, scratch, 0);
        field.add(values, low, values, low, scratch, 0);
      }
    }
  }
}
