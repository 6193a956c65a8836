package dev.weir.privacy.field;

/**
 * The Lagrange coefficients of the m-th roots of unity, m = 2^log: λᵢ(t) such that f(t) = Σ λᵢ(t) ·
 * f(Wᵢ) for every polynomial f of degree below m, Wᵢ = W_m^i. Built up by doubling, λ of size 2h at
 * t from λ of size h at t²: λᵢ · (1 ± t·W^−i). No inversion, so that it also holds where t is one
 * of the nodes. Immutable and thread-safe.
 */
public final class LagrangeBasis {
  private final Field field;
  private final int log;
  private final long[] inverseRoots; // multipliers of W_m^-i, shape [m / 2]
  private final long[] inverseSize; // multiplier of 1/m

  public LagrangeBasis(Field field, int log) {
    this.field = field;
    this.log = log;
    int half = Math.max(1, 1 << log >> 1);
    this.inverseRoots = Roots.inversePowers(field, log, half);
    this.inverseSize = field.zeros(1);
    field.inverse(1L << log, inverseSize, 0);
  }

  /** m. */
  public int size() {
    return 1 << log;
  }

  /**
   * @param powers multipliers of t, t², t⁴ … t^(m/2), shape [at least log]
   * @param out receives the multipliers of λ₀ … λ_(m−1), shape [m]
   */
  public void at(long[] powers, long[] out) {
    copy(inverseSize, 0, out, 0);
    var q = field.zeros(1);
    for (int level = 1; level <= log; level++) {
      int half = 1 << (level - 1);
      int stride = 1 << (log - level);
      for (int i = 0; i < half; i++) {
        field.mul(q, 0, powers, log - level, inverseRoots, i * stride);
        field.mul(q, 0, q, 0, out, i);
        field.sub(out, i + half, out, i, q, 0);
        field.add(out, i, out, i, q, 0);
      }
    }
  }

  private void copy(long[] from, int fromAt, long[] to, int toAt) {
    int words = field.words();
    System.arraycopy(from, fromAt * words, to, toAt * words, words);
  }
}
