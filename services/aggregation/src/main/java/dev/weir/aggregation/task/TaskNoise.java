package dev.weir.aggregation.task;

import dev.weir.privacy.account.GaussianError;
import dev.weir.privacy.noise.Rational;
import dev.weir.privacy.vdaf.Adjacency;
import dev.weir.privacy.vdaf.FixedPointEncoding;
import dev.weir.privacy.vdaf.Sensitivity;
import dev.weir.privacy.vdaf.VdafInstance;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What the terms of a task promise about noise; whoever knows the terms can work it out, the
 * collector too. Immutable.
 *
 * @param length elements of the aggregate
 */
public record TaskNoise(VdafInstance instance, int length, TaskTerms terms) {
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

  /** Variance of the noise that one aggregator adds to each element: Δ₂²/(2ρ), exactly. */
  public Rational variance() {
    return new Rational(
        sensitivity().squaredL2().multiply(BILLION),
        BigInteger.valueOf(terms.nanoRho()).shiftLeft(1));
  }

  /** Variance of what the collector sees on each element: both aggregators' draws. */
  public Rational varianceOfBoth() {
    var one = variance();
    return new Rational(one.numerator().shiftLeft(1), one.denominator());
  }

  /** No element's noise goes further, in all but 2·10⁻⁹ of collections. */
  public BigInteger tail() {
    return GaussianError.anySimultaneousBound(varianceOfBoth(), Math.max(1, length));
  }

  /**
   * How far replacing one record moves the aggregate: of what the proof lets through, or, where the
   * task clips records, of what honest contributors send.
   */
  public Sensitivity sensitivity() {
    return encoding()
        .map(FixedPointEncoding::sensitivity)
        .orElseGet(() -> Sensitivity.of(instance, Adjacency.REPLACE_ONE));
  }

  /** How records' vectors are clipped and encoded, in a task that says so. */
  public Optional<FixedPointEncoding> encoding() {
    return terms.vectors().map(vectors -> vectors.encoding(length));
  }
}
