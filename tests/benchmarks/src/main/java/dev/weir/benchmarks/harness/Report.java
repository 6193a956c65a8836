package dev.weir.benchmarks.harness;

/** Takes measures as they come. */
@FunctionalInterface
public interface Report {
  void add(Measure measure);
}
