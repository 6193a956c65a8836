package dev.weir.benchmarks.harness;

import java.io.PrintStream;
import java.util.Locale;

/** A table for people, printed row by row. */
public final class TextReport implements Report {
  private final PrintStream out;

  public TextReport(PrintStream out) {
    this.out = out;
    out.printf(
        "%-7s %-46s %12s %-11s %12s %8s  %s%n",
        "bench", "measure", "value", "unit", "peer value", "ratio", "peer or limit");
  }

  @Override
  public void add(Measure measure) {
    out.printf(
        "%-7s %-46s %12s %-11s %12s %8s  %s%n",
        measure.bench(),
        measure.measure(),
        number(measure.value()),
        measure.unit(),
        number(measure.peerValue()),
        number(measure.ratio()),
        measure.peer());
    out.flush();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%,.1f", value);
  }
}
