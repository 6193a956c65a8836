package dev.weir.aggregation.collect;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.privacy.vdaf.AggregateShare;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;

/** This aggregator's own noise, exact, from secret randomness. Thread-safe. */
public final class Noise {
  private final SecureRandom random;

  public Noise(SecureRandom random) {
    this.random = random;
  }

  /** The share with one draw added to each element, modulo the field. */
  public Bytes addTo(AggregationTask task, Bytes share) {
    var gaussian = new DiscreteGaussian(task.noiseVariance(), random);
    var sum = task.vdaf().aggregation();
    sum.merge(AggregateShare.of(share.toArray()));
    sum.addNoise(
        Stream.<BigInteger>generate(gaussian::sample).limit(task.vdaf().outputLength()).toList());
    return Bytes.owning(sum.share().revealBytes());
  }
}
