package dev.weir.query.plan;

import dev.weir.privacy.noise.Rational;
import dev.weir.query.plan.dp.StatisticSource;
import java.math.BigInteger;

/**
 * One integer statistic per group of a dp answer, and the noise that protects it.
 *
 * @param source what is counted or summed
 * @param perRow the most one record changes one group's value, at least 1; for a histogram the most
 *     it changes the scaled rank distance
 * @param deltaSquared Δ₂²: the square of the most one protected unit changes the vector over all
 *     groups
 * @param nanoRho this statistic's share of the cost
 * @param noise σ² = Δ₂²/2ρ of the discrete Gaussian; for a histogram the rate γ of the exponential
 *     mechanism, P ∝ exp(−γ·distance)
 * @param halfWidth of the 95 % interval in whole units of the statistic; for a histogram in scaled
 *     ranks, at 97.5 % where it is an end of an interval
 */
public record Statistic(
    StatisticSource source,
    BigInteger perRow,
    BigInteger deltaSquared,
    long nanoRho,
    Rational noise,
    BigInteger halfWidth) {

  public boolean histogram() {
    return source instanceof StatisticSource.Histogram;
  }
}
