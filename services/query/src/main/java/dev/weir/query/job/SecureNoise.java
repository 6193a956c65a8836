package dev.weir.query.job;

import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.privacy.noise.ExponentialMechanism;
import dev.weir.privacy.noise.Rational;
import dev.weir.query.plan.answer.NoiseSource;
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
    return new DiscreteGaussian(variance, random).sample();
  }

  /**
   * P ∝ exp(−rate·distance) is the exponential mechanism with utility −distance, sensitivity 1 and
   * ε = 2·rate.
   */
  @Override
  public int exponential(List<BigInteger> distances, Rational rate) {
    var epsilon = rate.times(Rational.of(2, 1));
    long[] utilities =
        distances.stream()
            .mapToLong(distance -> Math.negateExact(distance.longValueExact()))
            .toArray();
    return new ExponentialMechanism(epsilon, 1, random).choose(utilities);
  }
}
