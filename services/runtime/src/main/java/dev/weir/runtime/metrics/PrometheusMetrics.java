package dev.weir.runtime.metrics;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The figures of one service, rendered for Prometheus. Thread-safe. */
public final class PrometheusMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram requests;

  /**
   * Includes the registry's figures. Timers that end in {@code .total} are left out: their names
   * would clash with those of the counters beside them, and the whole page would fail.
   */
  public PrometheusMetrics(MetricRegistry dropwizard) {
    DropwizardExports.builder()
        .dropwizardRegistry(dropwizard)
        .metricFilter((name, metric) -> !name.endsWith(".total"))
        .register(registry);
    requests =
        Histogram.builder()
            .name("weir_http_request_seconds")
            .help("Requests by endpoint and status")
            .labelNames("method", "route", "status")
            .classicUpperBounds(0.005, 0.025, 0.1, 0.5, 1, 5, 30)
            .classicOnly()
            .register(registry);
  }

  /**
   * Counts a request.
   *
   * @param route template of the endpoint, never the path itself
   */
  public void request(String method, String route, int status, long nanos) {
    requests.labelValues(method, route, Integer.toString(status)).observe(nanos / NANOS_PER_SECOND);
  }

  /** Where a service registers counters and gauges of its own. */
  public PrometheusRegistry registry() {
    return registry;
  }

  public PrometheusMetricsServlet servlet() {
    return new PrometheusMetricsServlet(registry);
  }
}
