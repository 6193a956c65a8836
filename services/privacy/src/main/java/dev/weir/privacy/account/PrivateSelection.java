package dev.weir.privacy.account;

import dev.weir.privacy.noise.Rational;

/**
 * Private selection of groups: a key that occurs in the data is shown only when its noisy count
 * reaches a threshold, at the price of δ. A key that exists because of one person alone passes with
 * probability at most P[noise ≥ threshold − countPerKey], and a person creates at most {@code
 * keysPerPerson} such keys (Korolova et al. 2009, with discrete Gaussian noise).
 */
public final class PrivateSelection {
  /** picoDelta in one unit of δ. */
  public static final long PICO = 1_000_000_000_000L;

  private PrivateSelection() {}

  /**
   * The smallest threshold that keeps δ.
   *
   * @param variance σ² of the noise on each count
   * @param keysPerPerson most groups one person can be in, at least 1
   * @param countPerKey most one person adds to one group's count, at least 1
   * @param picoDelta what may be spent, at least 1
   */
  public static long threshold(
      Rational variance, long keysPerPerson, long countPerKey, long picoDelta) {
    if (keysPerPerson < 1 || countPerKey < 1 || picoDelta < 1) {
      throw new IllegalArgumentException("private selection needs bounds and a delta");
    }
    double sigma = GaussianError.sigma(variance);
    double perKey = picoDelta / (double) PICO / keysPerPerson;
    long margin = GaussianError.smallest(t -> GaussianError.tail(sigma, t) <= perKey);
    return Math.addExact(countPerKey, margin);
  }

  /** The δ that a threshold costs, rounded up; the inverse view of {@link #threshold}. */
  public static long picoDelta(
      Rational variance, long keysPerPerson, long countPerKey, long threshold) {
    double sigma = GaussianError.sigma(variance);
    double perKey = GaussianError.tail(sigma, Math.subtractExact(threshold, countPerKey));
    return Math.min(PICO, (long) Math.ceil(perKey * keysPerPerson * PICO));
  }
}
