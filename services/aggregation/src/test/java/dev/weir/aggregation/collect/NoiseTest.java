package dev.weir.aggregation.collect;

import static dev.weir.aggregation.rehearsal.RehearsalTask.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.dap.task.VdafConfiguration;
import dev.weir.dap.wire.Bytes;
import dev.weir.privacy.vdaf.AggregateShare;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As much noise as the terms promise, neither less nor more, and another draw for each element. */
class NoiseTest {
  private static final int ELEMENTS = 20_000;
  private static final int DRAWS = 2_000;

  private final Noise noise = new Noise(new SecureRandom());

  @Test
  void elementsOfAVector_getNoiseOfTheirOwn_ofTheVarianceThatIsPromised() {
    var task =
        aTask()
            .vdaf(new VdafConfiguration.UnverifiedSumVec(ELEMENTS, 3))
            .nanoRho(1_000_000_000)
            .make()
            .task;
    var drawn = added(task);
    assertThat(drawn).hasSize(ELEMENTS);
    isOfVariance(task, drawn);
    double neighbours =
        IntStream.range(1, ELEMENTS).mapToDouble(i -> drawn[i] * drawn[i - 1]).sum()
            / DoubleStream.of(drawn).map(x -> x * x).sum();
    assertThat(Math.abs(neighbours)).isLessThan(5 / Math.sqrt(ELEMENTS));
  }

  @Test
  void sumsAndHistograms_getNoiseOfTheVarianceThatIsPromised() {
    for (var vdaf :
        List.of(
            new VdafConfiguration.Count(),
            new VdafConfiguration.Sum(1_000),
            new VdafConfiguration.Histogram(5, 2))) {
      var task = aTask().vdaf(vdaf).nanoRho(1_000_000).make().task;
      var drawn =
          IntStream.range(0, DRAWS)
              .mapToObj(i -> added(task))
              .flatMapToDouble(DoubleStream::of)
              .toArray();
      isOfVariance(task, drawn);
    }
  }

  /** Five standard deviations of the estimate to either side, and a mean as near to zero. */
  private static void isOfVariance(AggregationTask task, double[] drawn) {
    var variance = task.noiseVariance();
    double wanted = variance.numerator().doubleValue() / variance.denominator().doubleValue();
    double found = DoubleStream.of(drawn).map(x -> x * x).sum() / drawn.length;
    double mean = DoubleStream.of(drawn).sum() / drawn.length;
    assertThat(found / wanted)
        .as("of %s", task.configuration().vdaf())
        .isBetween(1 - 5 * Math.sqrt(2.0 / drawn.length), 1 + 5 * Math.sqrt(2.0 / drawn.length));
    assertThat(Math.abs(mean)).isLessThan(5 * Math.sqrt(wanted / drawn.length));
  }

  private double[] added(AggregationTask task) {
    var zeros = Bytes.owning(task.vdaf().aggregation().share().revealBytes());
    return task
        .vdaf()
        .unshardNoisy(
            List.of(
                AggregateShare.of(noise.addTo(task, zeros).toArray()),
                AggregateShare.of(zeros.toArray())))
        .stream()
        .mapToDouble(Number::doubleValue)
        .toArray();
  }
}
