package dev.weir.acceptance.stack;

import dev.weir.aggregation.AggregationApplication;
import dev.weir.aggregation.AggregationConfiguration;
import dev.weir.runtime.http.ServiceEnvironment;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** An aggregator among whose figures a test can put one of its own. Confined. */
public final class WatchedAggregator extends AggregationApplication {
  private @Nullable PrometheusRegistry figures;

  public WatchedAggregator(InstantSource clock) {
    super(clock);
  }

  @Override
  protected void run(AggregationConfiguration configuration, ServiceEnvironment service) {
    figures = service.metrics();
    super.run(configuration, service);
  }

  /** What it shows at {@code /metrics}; it has been started. */
  public PrometheusRegistry figures() {
    if (figures == null) {
      throw new IllegalStateException("the aggregator was not started");
    }
    return figures;
  }
}
