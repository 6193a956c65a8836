package dev.weir.query.plan.answer;

import dev.weir.privacy.noise.Rational;
import java.math.BigInteger;
import java.util.List;

/** Exact noise over integers. Two real implementations: secret randomness, and none in tests. */
public interface NoiseSource {

  /** A draw from the discrete Gaussian over the integers with parameter σ² = {@code variance}. */
  BigInteger gaussian(Rational variance);

  /**
   * Draws an index with probability proportional to exp(−{@code rate}·distance), exactly.
   *
   * @param distances not negative, at least one
   */
  int exponential(List<BigInteger> distances, Rational rate);
}
