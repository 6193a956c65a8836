package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Sink;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.privacy.noise.DiscreteGaussian;
import dev.weir.privacy.noise.Rational;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Exact discrete noise against floating-point noise, which is faster and not private. */
final class NoiseBench {
  private static final long SIGMA_SQUARED = 10_000;

  private NoiseBench() {}

  static void run(Settings settings, Sheet sheet) {
    int draws = settings.pick(20_000, 500_000);
    var random = new SecureRandom();
    var exact = new DiscreteGaussian(Rational.of(SIGMA_SQUARED, 1), random);
    double sigma = Math.sqrt(SIGMA_SQUARED);
    double floating = perSecond(draws, () -> Math.rint(random.nextGaussian() * sigma));
    double discrete = perSecond(draws, exact::sample);
    sheet.against(
        "discrete Gaussian draws, σ 100",
        discrete,
        "draws/s",
        "rounded floating-point Gaussian, same randomness",
        floating);
  }

  private static double perSecond(int draws, Supplier<?> draw) {
    draw(draws / 4, draw);
    long start = System.nanoTime();
    draw(draws, draw);
    return draws / Throughput.seconds(start);
  }

  private static void draw(int draws, Supplier<?> draw) {
    for (int i = 0; i < draws; i++) {
      Sink.take(draw.get());
    }
  }
}
