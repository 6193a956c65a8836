package dev.weir.benchmarks.he;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;

/** Homomorphic encryption, from the kernel to whole queries; ratios of one run. */
public final class HeBenchmark implements Benchmark {
  @Override
  public String name() {
    return "he";
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    var peers = NativePeers.measured(settings);
    KernelFigures.write(peers, sheet);
    CoarseCalls.write(settings, sheet);
    HiddenSums.write(settings, sheet);
    Timing.write(settings, sheet);
    Lookups.write(settings, peers, sheet);
    KeywordLookups.write(settings, sheet);
    Workers.write(settings, sheet);
  }
}
