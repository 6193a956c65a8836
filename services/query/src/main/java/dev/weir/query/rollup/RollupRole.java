package dev.weir.query.rollup;

import dev.weir.query.contract.ContractBook;
import dev.weir.query.job.SecureNoise;
import dev.weir.query.plan.QueryPlanner;
import dev.weir.runtime.http.ServiceEnvironment;
import dev.weir.runtime.kafka.KafkaClients;
import dev.weir.runtime.ledger.Ledger;
import io.dropwizard.lifecycle.Managed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology for every set of cells that a contract in force holds, as long as one does.
 * Starts and stops with the service; {@link #healthy} is thread-safe.
 */
public final class RollupRole implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(RollupRole.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final KafkaClients kafka;
  private final ContractBook contracts;
  private final EpochDesk desk;
  private final RollupFigures figures;
  private final InstantSource clock;
  private final Path directory;
  private final ExecutorService drawing;
  private final ScheduledExecutorService looking;
  private final Map<String, KafkaRollup> running = new HashMap<>();
  private volatile boolean healthy = true;

  private RollupRole(
      KafkaClients kafka,
      ContractBook contracts,
      EpochDesk desk,
      RollupFigures figures,
      InstantSource clock,
      Path directory,
      ExecutorService drawing) {
    this.kafka = kafka;
    this.contracts = contracts;
    this.desk = desk;
    this.figures = figures;
    this.clock = clock;
    this.directory = directory;
    this.drawing = drawing;
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rollup-role").daemon().factory());
  }

  /**
   * @param directory for the copies of the counting's state; rebuilt from their topics when lost
   * @param region six digits after GB/T 2260 of the place where the domain runs, empty when not
   *     observed
   */
  public static RollupRole of(
      ServiceEnvironment service,
      ContractBook contracts,
      Ledger ledger,
      QueryPlanner planner,
      Path directory,
      String region) {
    var drawing =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rollup-draw").daemon().factory());
    var figures = new RollupFigures(service.metrics());
    var closer =
        new EpochCloser(
            service.database(),
            ledger,
            contracts,
            new PostgresEpochStore(),
            new EpochDecision(planner, service.bundle(), service.clock(), region),
            new EpochCells(new SecureNoise(service.random())),
            new EpochEvidence(service.evidence(), service.policy().bundleVersion()),
            figures,
            service.clock(),
            drawing,
            EpochPoint.Probe.NONE);
    return new RollupRole(
        service.kafka(), contracts, closer, figures, service.clock(), directory, drawing);
  }

  @Override
  public void start() {
    looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws InterruptedException {
    looking.shutdown();
    looking.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    running.values().forEach(KafkaRollup::close);
    running.clear();
    drawing.shutdown();
    drawing.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Whether every topology that should run does. */
  public boolean healthy() {
    return healthy;
  }

  private void look() {
    try {
      if (contracts.caughtUp()) {
        follow(wanted());
      }
      healthy = true;
    } catch (RuntimeException e) {
      healthy = false;
      LOG.warn("rollups could not be looked after", e);
    }
  }

  private Map<String, RollupSpec> wanted() {
    var now = clock.instant();
    var wanted = new HashMap<String, RollupSpec>();
    for (ContractBook.Entry entry : contracts.inForce(now)) {
      entry.state().terms().products().stream()
          .filter(product -> entry.holds(now, Set.of(product.id())))
          .flatMap(product -> RollupSpec.of(product).stream())
          .forEach(spec -> wanted.put(spec.id(), spec));
    }
    return wanted;
  }

  private void follow(Map<String, RollupSpec> wanted) {
    for (String id : new HashSet<>(running.keySet())) {
      var rollup = running.get(id);
      if (rollup != null && (!wanted.containsKey(id) || !rollup.alive())) {
        rollup.close();
        running.remove(id);
      }
    }
    for (RollupSpec spec : wanted.values()) {
      if (!running.containsKey(spec.id()) && KafkaRollup.possible(spec, kafka)) {
        running.put(spec.id(), KafkaRollup.start(spec, kafka, directory, desk, figures));
      }
    }
  }
}
