package dev.weir.query.he;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases every minute what is over; a round that could not be ended is tried again with the next
 * one. Several services may do it beside each other. A thread of its own.
 */
public final class HeRetentionJob implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(HeRetentionJob.class);
  private static final long EVERY_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  private final HeRetention retention;
  private final Counter erased;
  private final Counter failed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("he-retention").daemon().factory());

  HeRetentionJob(HeRetention retention, PrometheusRegistry registry) {
    this.retention = retention;
    this.erased =
        Counter.builder()
            .name("weir_he_erased_total")
            .help("Rows whose bytes were erased because what they were for is over")
            .labelNames("what")
            .register(registry);
    this.failed =
        Counter.builder()
            .name("weir_he_erasing_failed_total")
            .help("Rounds of erasing that could not be ended")
            .register(registry);
  }

  @Override
  public void start() {
    timer.scheduleWithFixedDelay(this::round, 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("erasing goes on while the service stops");
    }
  }

  /** Never throws: a timer forgets what threw. */
  void round() {
    try {
      var gone = retention.round();
      erased.labelValues("lookup-keys").inc(gone.keys());
      erased.labelValues("locked-tables").inc(gone.tables());
      erased.labelValues("questions").inc(gone.questions());
      erased.labelValues("switching-keys").inc(gone.switchingKeys());
      if (gone.any()) {
        LOG.info(
            "erased lookup-keys={} locked-tables={} questions={} switching-keys={}",
            gone.keys(),
            gone.tables(),
            gone.questions(),
            gone.switchingKeys());
      }
    } catch (ProblemException e) {
      failed.inc();
      if (e.type() == ProblemType.UNAVAILABLE) {
        LOG.info("erasing waits type={}", e.type());
      } else {
        LOG.warn("erasing waits type={}", e.type());
      }
    } catch (RuntimeException e) {
      failed.inc();
      LOG.error("erasing failed", e);
    }
  }
}
