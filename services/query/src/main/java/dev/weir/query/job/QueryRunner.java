package dev.weir.query.job;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.QueryId;
import dev.weir.policy.state.ContractState;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.engine.EngineException;
import dev.weir.query.engine.SqlEngine;
import dev.weir.query.plan.CheckedPlan;
import dev.weir.runtime.ledger.Standing;
import dev.weir.runtime.sql.Database;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted queries on a bounded pool and stops them when they are cancelled or their contract
 * ends. Thread-safe. A query that a restart broke off ends as failed: nothing was released and
 * nothing charged, since both happen in one transaction at the very end. So does one whose outcome,
 * or whose very start, could not be written because the database was away: a sweep finds it. What
 * other instances on the same database run is left to them while their lease lasts.
 *
 * <p>Stops are heard from the topics and, every second while something runs, read from the ledger.
 */
final class QueryRunner implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(QueryRunner.class);
  private static final int STOP_SECONDS = 20;
  private static final int SWEEP_SECONDS = 3;
  private static final int WATCH_SECONDS = 1;
  private static final long RECORDS_PAUSE_MILLIS = 250;
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final RefusalView STOPPED =
      RefusalView.of(ProblemType.CONTRACT_ENDED, "contract-stopped", QueryTexts.STOPPED);

  private final Database database;
  private final QueryJobStore jobs;
  private final PostgresQueryLease lease;
  private final ContractBook contracts;
  private final SqlEngine engine;
  private final ReleaseGate gate;
  private final QueryEvidence evidence;
  private final AnswerSlots slots;
  private final RecordsAwaited awaited;
  private final InstantSource clock;
  private final ExecutorService pool;
  private final ScheduledExecutorService sweeper;
  private final Semaphore places;
  private final Map<QueryId, Run> running = new ConcurrentHashMap<>();

  /**
   * @param workers queries that run at once
   * @param waiting queries that may wait for a worker
   */
  QueryRunner(
      Database database,
      QueryJobStore jobs,
      PostgresQueryLease lease,
      ContractBook contracts,
      SqlEngine engine,
      ReleaseGate gate,
      QueryEvidence evidence,
      AnswerSlots slots,
      RecordsAwaited awaited,
      InstantSource clock,
      int workers,
      int waiting) {
    this.database = database;
    this.jobs = jobs;
    this.lease = lease;
    this.contracts = contracts;
    this.engine = engine;
    this.gate = gate;
    this.evidence = evidence;
    this.slots = slots;
    this.awaited = awaited;
    this.clock = clock;
    this.pool =
        Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("query-", 0).factory());
    this.sweeper =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("query-sweep").factory());
    this.places = new Semaphore(workers + waiting);
  }

  @Override
  public void start() {
    contracts.onStop(this::stopUnder);
    lease.renew();
    sweeper.scheduleWithFixedDelay(
        untilItWorks(this::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    sweeper.scheduleWithFixedDelay(
        untilItWorks(this::watch), WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  private static Runnable untilItWorks(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.warn("sweep waits cause={}", e.getClass().getSimpleName());
      }
    };
  }

  /** Renews the lease and, unless it was broken, ends what nobody runs any more. */
  void sweep() {
    if (lease.renew()) {
      abandoned().forEach(this::brokenOff);
    }
  }

  /** Unfinished in the table and on its way neither here nor elsewhere. */
  private List<QueryJob> abandoned() {
    var before = clock.instant().minus(GRACE);
    return database
        .asService("query.interrupted", handle -> jobs.unfinished(handle, before))
        .stream()
        .filter(job -> !running.containsKey(job.id()))
        .toList();
  }

  /** Stops what the ledger would not let out any more. */
  void watch() {
    var contracts =
        running.values().stream().map(run -> run.job.contractId()).collect(Collectors.toSet());
    if (contracts.isEmpty()) {
      return;
    }
    var standings = gate.standings(contracts);
    var now = clock.instant();
    running.values().stream()
        .map(run -> run.job)
        .filter(job -> contracts.contains(job.contractId()))
        .filter(job ->
            !standings.getOrDefault(job.contractId(), Standing.NONE).allows(job.products(), now))
        .forEach(job -> cancel(job.id(), STOPPED));
  }

  private void brokenOff(QueryJob job) {
    LOG.info("query broken off query={}", job.id());
    end(
        job,
        QueryStatus.FAILED,
        RefusalView.of(ProblemType.UNAVAILABLE, "restart", QueryTexts.RESTART));
  }

  @Override
  public void stop() throws InterruptedException {
    sweeper.shutdownNow();
    pool.shutdown();
    running.keySet().forEach(engine::cancel);
    if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("queries still run at the stop count={}", running.size());
    }
    untilItWorks(lease::leave).run();
  }

  /**
   * Takes a place for a query about to be accepted.
   *
   * @throws ProblemException of type {@link ProblemType#UNAVAILABLE} when all are taken
   */
  void reserve() {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "Too many queries are waiting; try again shortly.");
    }
  }

  /** Gives back a place that was reserved for a query that was then not started. */
  void release() {
    places.release();
  }

  /**
   * Runs a query for which a place was reserved.
   *
   * @param again decides anew, should it wait longer than its permit lasts
   */
  void start(QueryJob job, Assessment.Cleared cleared, Supplier<Assessment> again) {
    var run = new Run(job);
    running.put(job.id(), run);
    pool.execute(() -> attempt(run, cleared, again));
  }

  /** Runs the query, or gives the worker back and comes again while its records are copied. */
  private void attempt(Run run, Assessment.Cleared cleared, Supplier<Assessment> again) {
    boolean later = false;
    try {
      later = waitsForRecords(run, cleared);
      if (later) {
        sweeper.schedule(
            () -> pool.execute(() -> attempt(run, cleared, again)),
            RECORDS_PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
      } else {
        run(run, cleared, again);
      }
    } catch (RejectedExecutionException e) {
      later = false; // at the stop; a sweep ends the query after the start
    } finally {
      if (!later) {
        running.remove(run.job.id());
        places.release();
      }
    }
  }

  private boolean waitsForRecords(Run run, Assessment.Cleared cleared) {
    if (run.stopped.isPresent()) {
      return false;
    }
    try {
      var waited = Duration.between(run.job.createdAt(), clock.instant());
      return awaited.shouldWait(waited, () -> gate.hasRecords(cleared.plan()));
    } catch (RuntimeException e) {
      return false; // the run meets the same and says so
    }
  }

  /**
   * Whether the same question over the present versions was answered under the contract before: a
   * repeat is free.
   */
  boolean isAnswered(ContractId contract, CheckedPlan plan) {
    return gate.isAnswered(contract, plan);
  }

  /** Stops a query; it ends with the reason given. Does nothing when it has ended. */
  void cancel(QueryId id, RefusalView why) {
    var run = running.get(id);
    if (run != null) {
      run.stopped = Optional.of(why);
      engine.cancel(id);
    }
  }

  private void stopUnder(ContractState state) {
    ContractId contract = state.id();
    running.values().stream()
        .filter(run -> run.job.contractId().equals(contract))
        .filter(run ->
            state.ended().isPresent()
                || run.job.products().stream().anyMatch(state.stoppedProducts()::contains))
        .forEach(run -> cancel(run.job.id(), STOPPED));
  }

  private void run(Run run, Assessment.Cleared cleared, Supplier<Assessment> again) {
    var accepted = run.job;
    try {
      var current = cleared;
      if (!cleared.permit().covers(accepted.products().getFirst(), clock.instant())) {
        // It waited longer than its permit lasts: decide once more.
        switch (again.get()) {
          case Assessment.Cleared fresh -> current = fresh;
          case Assessment.Refused refused -> {
            end(accepted, QueryStatus.REFUSED, refused.refusal());
            return;
          }
        }
      }
      if (run.stopped.isPresent()) {
        stopped(accepted, run.stopped.get());
        return;
      }
      var moved = accepted.running();
      if (database.asService(
          "query.run", handle -> jobs.move(handle, QueryStatus.ACCEPTED, moved))) {
        release(run, moved, current);
      }
    } catch (RuntimeException e) {
      // The row stays as it is; a sweep ends it.
      LOG.error("query left unfinished query={} cause={}", accepted.id(), e.getClass().getName());
    }
  }

  private void release(Run run, QueryJob moved, Assessment.Cleared cleared) {
    long start = System.nanoTime();
    try {
      switch (gate.release(moved, cleared, () -> run.stopped)) {
        case ReleaseGate.Outcome.Released released ->
            LOG.info("query released query={}", moved.id());
        case ReleaseGate.Outcome.Refused refused ->
            end(moved, QueryStatus.REFUSED, refused.refusal());
        case ReleaseGate.Outcome.Stopped stopped -> stopped(moved, stopped.why());
      }
    } catch (EngineException e) {
      // When a failure shows says as little as when an answer does.
      slots.await(start, cleared.plan(), () -> run.stopped.isPresent());
      failed(moved, run, e);
    } catch (ProblemException e) {
      LOG.warn("query not finished query={} problem={}", moved.id(), e.type());
      end(
          moved,
          QueryStatus.FAILED,
          RefusalView.of(e.type(), "service", Bilingual.same(e.detail())));
    } catch (RuntimeException e) {
      // The text of the cause may quote data; only its kind is logged.
      LOG.error("query failed query={} cause={}", moved.id(), e.getClass().getName());
      slots.await(start, cleared.plan(), () -> run.stopped.isPresent());
      end(
          moved,
          QueryStatus.FAILED,
          RefusalView.of(ProblemType.ENGINE_FAILED, "engine", QueryTexts.ENGINE));
    }
  }

  /** Refused when its contract ended, cancelled when its consumer wanted it so. */
  private void stopped(QueryJob job, RefusalView why) {
    boolean byContract = why.problem().urn().equals(ProblemType.CONTRACT_ENDED.urn());
    end(job, byContract ? QueryStatus.REFUSED : QueryStatus.CANCELLED, why);
  }

  private void failed(QueryJob job, Run run, EngineException failure) {
    LOG.warn("engine stopped query={} reason={}", job.id(), failure.reason());
    switch (failure.reason()) {
      case CANCELLED ->
          stopped(
              job,
              run.stopped.orElseGet(
                  () -> RefusalView.of(ProblemType.CONFLICT, "cancelled", QueryTexts.CANCELLED)));
      case TIME_LIMIT ->
          end(
              job,
              QueryStatus.FAILED,
              RefusalView.of(ProblemType.ENGINE_FAILED, "time-limit", QueryTexts.TIME_LIMIT));
      case ROW_LIMIT, FAILED ->
          end(
              job,
              QueryStatus.FAILED,
              RefusalView.of(ProblemType.ENGINE_FAILED, "engine", QueryTexts.ENGINE));
    }
  }

  /** Ends a query without an answer, with its leaf in the same transaction. */
  private void end(QueryJob job, QueryStatus how, RefusalView why) {
    database.asService(
        "query.end",
        handle -> {
          if (jobs.lock(handle, job.id()).filter(now -> now.status() == job.status()).isEmpty()) {
            return false; // a commit whose confirmation was lost: it ended otherwise
          }
          var leaf = evidence.refusal(handle, job, why);
          return jobs.move(
              handle, job.status(), job.ended(how, why, Optional.of(leaf), clock.instant()));
        });
  }

  /** A query on its way. */
  private static final class Run {
    private final QueryJob job;
    private volatile Optional<RefusalView> stopped = Optional.empty();

    Run(QueryJob job) {
      this.job = job;
    }
  }
}
