package dev.weir.runtime.metrics;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Renders a service's metrics for Prometheus. Thread-safe. */
public final class PrometheusMetrics {
  private PrometheusMetrics() {}

  /**
   * A servlet over the registry. Jersey's timers that end in {@code .total} are left out: their
   * names would clash with those of the counters beside them, and the whole page would fail.
   */
  public static PrometheusMetricsServlet servlet(MetricRegistry metrics) {
    var registry = new PrometheusRegistry();
    DropwizardExports.builder()
        .dropwizardRegistry(metrics)
        .metricFilter((name, metric) -> !name.endsWith(".total"))
        .register(registry);
    return new PrometheusMetricsServlet(registry);
  }
}
