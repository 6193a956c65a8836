package dev.weir.privacy.noise;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The exponential mechanism (McSherry and Talwar 2007) over a finite, public candidate list with
 * integer utilities: candidate i is chosen with probability exactly proportional to exp(ε·uᵢ/(2Δ)).
 * Sampled by rejection from the uniform distribution, so no normalising sum is ever rounded; the
 * expected number of rounds is at most the number of candidates. ε-differentially private and
 * (ε²/8)-zCDP (bounded range; Cesar and Rogers 2021, Lemma 3.2). Confined to one thread.
 */
public final class ExponentialMechanism {
  private final Rational epsilon;
  private final BigInteger doubleSensitivity;
  private final UniformSource uniform;
  private final Bernoulli coin;

  /**
   * @param epsilon greater than 0
   * @param sensitivity Δ: the most that one person can change any utility, at least 1
   */
  public ExponentialMechanism(Rational epsilon, long sensitivity, SecureRandom random) {
    this(epsilon, sensitivity, ByteUniformSource.of(random));
  }

  ExponentialMechanism(Rational epsilon, long sensitivity, UniformSource uniform) {
    if (epsilon.isZero() || sensitivity < 1) {
      throw new IllegalArgumentException("epsilon and sensitivity are greater than zero");
    }
    this.epsilon = epsilon;
    this.doubleSensitivity = BigInteger.valueOf(sensitivity).shiftLeft(1);
    this.uniform = uniform;
    this.coin = new Bernoulli(uniform);
  }

  /**
   * @param utilities shape [candidates], at least one; secret
   * @return the index chosen
   */
  public int choose(long[] utilities) {
    long best = Arrays.stream(utilities).max().orElseThrow();
    while (true) {
      int candidate = (int) uniform.below(utilities.length);
      var loss = BigInteger.valueOf(Math.subtractExact(best, utilities[candidate]));
      var exponent =
          new Rational(
              epsilon.numerator().multiply(loss),
              epsilon.denominator().multiply(doubleSensitivity));
      if (coin.exp(exponent.numerator(), exponent.denominator())) {
        return candidate;
      }
    }
  }
}
