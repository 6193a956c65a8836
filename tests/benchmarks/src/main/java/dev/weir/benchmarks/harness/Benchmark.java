package dev.weir.benchmarks.harness;

/** One named benchmark. */
public interface Benchmark {
  /** What the user types after {@code weir bench}. */
  String name();

  /** Whether it is left out where all are run, because of the time that it takes. */
  default boolean byNameOnly() {
    return false;
  }

  /** Measures and writes each measure to the sheet as soon as it is known. */
  void run(Settings settings, Sheet sheet) throws Exception;
}
