package dev.weir.benchmarks.aggregation;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;

/** Secure aggregation through both aggregators, exactly once, on one task for each kind. */
public final class AggregationBenchmark implements Benchmark {
  private static final int BULK = 100;

  @Override
  public String name() {
    return "aggregation";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    OneReport.run(settings, sheet);
    try (var scratch = settings.scratch();
        var stack = AggregationStack.start(scratch.path())) {
      for (Kind kind : Kind.values()) {
        var run = EndToEnd.of(stack, sheet, kind);
        run.warmUp(settings.pick(1_000, 60_000), BULK);
        run.measure(settings.pick(2_000, 60_000), BULK);
        if (!settings.quick() && kind == Kind.COUNT) {
          run.warmUp(5_000, 1);
          run.measure(10_000, 1);
        }
      }
      if (!settings.quick()) {
        Takeover.measure(stack, sheet, 2_000, BULK);
      }
    }
  }
}
