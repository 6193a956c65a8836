package dev.weir.benchmarks.harness;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One figure and what it is held against.
 *
 * @param peer who did the same work in the same run, or {@code limit: at least} or {@code at most}
 * @param peerValue in the same unit
 */
public record Measure(
    String bench, String measure, double value, String unit, String peer, double peerValue) {
  private static final MathContext FIGURES = new MathContext(4);

  public Measure {
    value = rounded(value);
    peerValue = rounded(peerValue);
  }

  /** Value over peer value; 0 where the peer's is 0. */
  public double ratio() {
    return peerValue == 0 ? 0 : rounded(value / peerValue);
  }

  /** Four figures: more would claim what a run does not know. */
  private static double rounded(double exact) {
    return Math.abs(exact) >= 10_000
        ? Math.rint(exact)
        : BigDecimal.valueOf(exact).round(FIGURES).doubleValue();
  }
}
