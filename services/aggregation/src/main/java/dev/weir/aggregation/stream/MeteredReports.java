package dev.weir.aggregation.stream;

import dev.weir.aggregation.verify.Reason;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** {@link ReportFigures} as counters for the operator's dashboards. Thread-safe. */
public final class MeteredReports implements ReportFigures {
  private final Counter counted;
  private final Counter refused;
  private final Counter buried;
  private final Counter gaps;

  public MeteredReports(PrometheusRegistry registry) {
    this.counted =
        Counter.builder()
            .name("aggregation_reports_counted")
            .help(
                "Reports that were verified and added up; what a lane did again after a kill is counted again here, and nowhere else")
            .register(registry);
    this.refused =
        Counter.builder()
            .name("aggregation_reports_refused")
            .help("Reports that were not counted, by reason")
            .labelNames("reason")
            .register(registry);
    this.buried =
        Counter.builder()
            .name("aggregation_lane_messages_put_aside")
            .help("Messages of lanes that were put aside unread or unused, by reason")
            .labelNames("reason")
            .register(registry);
    this.gaps =
        Counter.builder()
            .name("aggregation_lane_gaps")
            .help("Times that messages of the other aggregator were missing between two of a lane")
            .register(registry);
  }

  @Override
  public void counted() {
    counted.inc();
  }

  @Override
  public void refused(Reason reason) {
    refused.labelValues(reason.label()).inc();
  }

  @Override
  public void buried(String reason) {
    buried.labelValues(reason).inc();
  }

  @Override
  public void gap() {
    gaps.inc();
  }
}
