package dev.weir.intake.source;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** What intake counts since it started: numbers only, of no party or resource. Thread-safe. */
public final class IntakeFigures {
  private final Counter bytes;
  private final Counter records;
  private final Counter badRecords;
  private final Counter runs;
  private final Histogram seconds;

  public IntakeFigures(PrometheusRegistry metrics) {
    bytes = counter("weir_intake_bytes_total", "bytes of sources received").register(metrics);
    records = counter("weir_intake_records_total", "records committed").register(metrics);
    badRecords =
        counter("weir_intake_bad_records_total", "dead letters committed").register(metrics);
    runs =
        counter("weir_intake_runs_total", "runs that ended")
            .labelNames("outcome")
            .register(metrics);
    seconds =
        Histogram.builder()
            .name("weir_intake_run_seconds")
            .help("from asking for a run to its end")
            .labelNames("outcome")
            .classicUpperBounds(1, 5, 15, 30, 60, 90, 180, 600, 1800)
            .classicOnly()
            .register(metrics);
    for (var outcome : Outcome.values()) {
      runs.initLabelValues(outcome.label);
      seconds.initLabelValues(outcome.label);
    }
  }

  /** How a run ended. */
  public enum Outcome {
    SEALED("sealed"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  void received(long sourceBytes) {
    bytes.inc(sourceBytes);
  }

  /** A transaction of a run was committed. */
  public void committed(long accepted, long rejected) {
    records.inc(accepted);
    badRecords.inc(rejected);
  }

  public void ended(Outcome outcome, Duration took) {
    runs.labelValues(outcome.label).inc();
    seconds.labelValues(outcome.label).observe(took.toMillis() / 1000.0);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.builder().name(name).help(help);
  }
}
