package dev.weir.query.job;

import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.privacy.noise.ExponentialMechanism;
import dev.weir.query.plan.answer.NoiseSource;
import dev.weir.query.plan.answer.Rational;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;

/** Noise from secret randomness. Thread-safe when the randomness is. */
public final class SecureNoise implements NoiseSource {
  private final SecureRandom random;

  public SecureNoise(SecureRandom random) {
    this.random = random;
  }

  @Override
  public BigInteger gaussian(Rational variance) {
    return new DiscreteGaussian(exact(variance), random).sample();
  }

  /**
   * P ∝ exp(−rate·distance) is the exponential mechanism with utility −distance, sensitivity 1 and
   * ε = 2·rate.
   */
  @Override
  public int exponential(List<BigInteger> distances, Rational rate) {
    var epsilon = exact(rate).times(dev.weir.privacy.noise.Rational.of(2, 1));
    long[] utilities =
        distances.stream()
            .mapToLong(distance -> Math.negateExact(distance.longValueExact()))
            .toArray();
    return new ExponentialMechanism(epsilon, 1, random).choose(utilities);
  }

  private static dev.weir.privacy.noise.Rational exact(Rational rational) {
    return new dev.weir.privacy.noise.Rational(rational.numerator(), rational.denominator());
  }
}
