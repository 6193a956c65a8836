package dev.weir.privacy.noise;

import java.security.SecureRandom;

/**
 * A private quantile on a declared grid: the {@link ExponentialMechanism} with utility −|b·rank(g)
 * − a·n| for the quantile a/b, where rank(g) counts the records at or below grid point g (Smith
 * 2011, on a grid). Adding or removing one record changes a utility by at most max(a, b − a).
 * Confined to one thread.
 */
public final class QuantileMechanism {
  private final long a;
  private final long b;
  private final ExponentialMechanism mechanism;

  /**
   * @param a numerator of the quantile, between 0 and {@code b}
   * @param b denominator of the quantile, at least 1
   * @param recordsPerPerson the declared contribution bound, at least 1
   */
  public QuantileMechanism(
      long a, long b, long recordsPerPerson, Rational epsilon, SecureRandom random) {
    if (b < 1 || a < 0 || a > b || recordsPerPerson < 1) {
      throw new IllegalArgumentException("a quantile lies between 0 and 1");
    }
    this.a = a;
    this.b = b;
    long sensitivity = Math.multiplyExact(Math.max(a, b - a), recordsPerPerson);
    this.mechanism = new ExponentialMechanism(epsilon, sensitivity, random);
  }

  /**
   * @param ranks records at or below each grid point, shape [grid], non-decreasing; secret
   * @param records how many records there are; secret
   * @return the index of the grid point chosen
   */
  public int choose(long[] ranks, long records) {
    var utilities = new long[ranks.length];
    long target = Math.multiplyExact(a, records);
    for (int i = 0; i < ranks.length; i++) {
      utilities[i] = -Math.abs(Math.subtractExact(Math.multiplyExact(b, ranks[i]), target));
    }
    return mechanism.choose(utilities);
  }
}
