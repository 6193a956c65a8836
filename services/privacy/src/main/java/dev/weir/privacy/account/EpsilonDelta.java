package dev.weir.privacy.account;

/**
 * (ε, δ) of a zCDP guarantee, for display only: budgets are kept and compared in nanoRho. CKS20
 * Corollary 13: ρ-zCDP implies (ε, δ)-DP with ε = min over α > 1 of αρ + ln(1/(αδ))/(α−1) +
 * ln(1−1/α).
 */
public final class EpsilonDelta {
  private static final int STEPS = 200;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private EpsilonDelta() {}

  /**
   * @param delta between 0 and 1, both excluded
   * @return ε, 0 for a loss of 0
   */
  public static double epsilon(long nanoRho, double delta) {
    if (!(delta > 0 && delta < 1) || nanoRho < 0) {
      throw new IllegalArgumentException("delta lies between 0 and 1");
    }
    if (nanoRho == 0) {
      return 0;
    }
    double rho = nanoRho / (double) Zcdp.NANO;
    // over u = ln(alpha - 1) the function falls, then rises
    double low = -20;
    double high = 40;
    for (int i = 0; i < STEPS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (at(rho, delta, left) < at(rho, delta, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.max(0, at(rho, delta, (low + high) / 2));
  }

  private static double at(double rho, double delta, double u) {
    double excess = Math.exp(u);
    double alpha = 1 + excess;
    return rho * alpha - Math.log(alpha * delta) / excess + u - Math.log1p(excess);
  }
}
