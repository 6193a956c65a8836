package dev.weir.space;

import dev.weir.space.contract.ContractClock;
import dev.weir.space.domain.DomainClock;
import dev.weir.space.product.ProductClock;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due every half second while the service runs: terms that begin or end, domains that
 * close, withdrawn resources and their products; every five seconds the ceilings. Several instances
 * may run at once.
 */
public final class SpaceClock implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceClock.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final DomainClock domains;
  private final ProductClock products;
  private final ContractClock contracts;
  private @Nullable ScheduledExecutorService executor;

  SpaceClock(DomainClock domains, ProductClock products, ContractClock contracts) {
    this.domains = domains;
    this.products = products;
    this.contracts = contracts;
  }

  /** Everything that time alone brings about. */
  public void tick() {
    domains.tick();
    products.tick();
    contracts.tick();
  }

  /** Everything that the ledger brings about. */
  public void settle() {
    contracts.settle();
  }

  @Override
  public synchronized void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("space-clock").daemon().factory());
    schedule(started, TICK, this::tick);
    schedule(started, SETTLE, this::settle);
    executor = started;
  }

  @Override
  public synchronized void stop() throws InterruptedException {
    if (executor != null) {
      executor.shutdown();
      executor.awaitTermination(5, TimeUnit.SECONDS);
      executor = null;
    }
  }

  /** A failure is logged and tried again at the next turn; it must not end the clock. */
  private static void schedule(ScheduledExecutorService executor, Duration every, Runnable work) {
    executor.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.warn("clock failed kind={}", e.getClass().getSimpleName());
          }
        },
        every.toMillis(),
        every.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
