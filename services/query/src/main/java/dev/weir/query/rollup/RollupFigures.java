package dev.weir.query.rollup;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counters of the role. Thread-safe. */
final class RollupFigures {
  private final Counter contributions;
  private final Counter epochs;
  private final Counter refused;

  RollupFigures(PrometheusRegistry registry) {
    contributions =
        Counter.builder()
            .name("weir_rollup_contributions_total")
            .help("Contributions of records that were counted into cells")
            .register(registry);
    epochs =
        Counter.builder()
            .name("weir_rollup_epochs_published_total")
            .help("Epochs handed to the topics")
            .register(registry);
    refused =
        Counter.builder()
            .name("weir_rollup_epochs_refused_total")
            .help("Epochs that were not released")
            .register(registry);
  }

  void counted() {
    contributions.inc();
  }

  void published() {
    epochs.inc();
  }

  void refused() {
    refused.inc();
  }
}
