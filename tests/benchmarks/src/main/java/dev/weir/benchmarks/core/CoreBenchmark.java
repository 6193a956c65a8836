package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;

/** The work between a question and its answer, part by part. */
public final class CoreBenchmark implements Benchmark {
  @Override
  public String name() {
    return "core";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    DecisionBench.run(settings, sheet);
    NoiseBench.run(settings, sheet);
    BudgetBench.run(settings, sheet);
    EvidenceBench.run(settings, sheet);
    RequestBench.run(settings, sheet);
  }
}
