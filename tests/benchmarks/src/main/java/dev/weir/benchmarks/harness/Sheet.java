package dev.weir.benchmarks.harness;

/** Where one benchmark writes; remembers whether everything that must hold did. Confined. */
public final class Sheet {
  private final String bench;
  private final Report report;
  private boolean held = true;

  public Sheet(String bench, Report report) {
    this.bench = bench;
    this.report = report;
  }

  /** Against one who did the same work in the same run. */
  public void against(String measure, double value, String unit, String peer, double peerValue) {
    report.add(new Measure(bench, measure, value, unit, peer, peerValue));
  }

  /** A figure that should reach a limit; missing it is shown by a ratio below 1. */
  public void atLeast(String measure, double value, String unit, double limit) {
    against(measure, value, unit, "limit: at least", limit);
  }

  /** A figure that should stay within a limit; missing it is shown by a ratio above 1. */
  public void atMost(String measure, double value, String unit, double limit) {
    against(measure, value, unit, "limit: at most", limit);
  }

  /** What no speed excuses: when it differs, the command fails. */
  public void exactly(String measure, double value, String unit, double required) {
    against(measure, value, unit, "must be", required);
    held &= value == required;
  }

  public boolean held() {
    return held;
  }
}
