package dev.weir.aggregation.task;

import dev.weir.privacy.account.EpsilonDelta;

/**
 * What a cost in zCDP comes to as (ε, δ), to be read and not to be reckoned with: budgets are kept
 * in ρ. Immutable.
 *
 * @param epsilon rounded up to four places
 * @param delta for which ε is stated, the same for every task
 */
public record StatedEpsilon(double epsilon, double delta) {
  /** As of the figures in {@code compliance/secure-aggregation.md}. */
  public static final double DELTA = 1e-6;

  private static final double PLACES = 10_000;

  /**
   * @param nanoRho zCDP ρ·10⁻⁹, not negative
   */
  public static StatedEpsilon of(long nanoRho) {
    double exact = EpsilonDelta.epsilon(nanoRho, DELTA);
    return new StatedEpsilon(Math.ceil(exact * PLACES) / PLACES, DELTA);
  }
}
