package dev.weir.intake.run;

import dev.weir.intake.frame.ReadFaultException;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.RunId;
import dev.weir.runtime.sql.Database;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives runs to their end, a bounded number at a time. What a stopped or killed service left
 * unfinished goes on at the next start; while broker, registry or database cannot be reached, the
 * run waits and tries again: a sweep takes up every run in the table that nobody drives.
 * Thread-safe.
 */
public final class RunDriver implements Managed {
  private static final Logger log = LoggerFactory.getLogger(RunDriver.class);
  private static final int SWEEP_SECONDS = 5;
  private static final int MAX_ATTEMPTS_WITHOUT_PROGRESS = 30;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private final Database database;
  private final RunStore store;
  private final RunSeals seals;
  private final RunAttempt attempt;
  private final ExecutorService pool;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("intake-sweep").factory());
  private final Set<RunId> driven = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @param parallel runs at the same time; each uses one core and one child
   */
  RunDriver(Database database, RunStore store, RunSeals seals, RunAttempt attempt, int parallel) {
    this.database = database;
    this.store = store;
    this.seals = seals;
    this.attempt = attempt;
    this.pool =
        Executors.newFixedThreadPool(
            parallel, Thread.ofPlatform().name("intake-run-", 0).factory());
  }

  @Override
  public void start() {
    takeUp();
    sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  private void takeUp() {
    database.asService("runs-unfinished", store::unfinished).forEach(run -> submit(run.id()));
  }

  private void sweep() {
    try {
      takeUp();
    } catch (RuntimeException e) {
      log.warn("sweep waits cause={}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void stop() throws InterruptedException {
    stopping.countDown();
    sweeper.shutdownNow();
    pool.shutdown();
    if (!pool.awaitTermination(15, TimeUnit.SECONDS)) {
      pool.shutdownNow();
    }
  }

  /** Drives the run unless this service does already. */
  void submit(RunId id) {
    if (!isStopping() && driven.add(id)) {
      pool.execute(() -> {
        try {
          drive(id);
        } catch (RuntimeException e) {
          log.warn("run left to the sweep run={}", id, e);
        } finally {
          driven.remove(id);
        }
      });
    }
  }

  private void drive(RunId id) {
    int failures = 0;
    long lastProgress = -1;
    while (!isStopping()) {
      var run = database.asService("run-load", handle -> store.find(handle, id)).orElseThrow();
      if (run.status() != Run.Status.QUEUED && run.status() != Run.Status.RUNNING) {
        return;
      }
      failures = run.accepted() + run.rejected() > lastProgress ? 0 : failures + 1;
      lastProgress = run.accepted() + run.rejected();
      if (!advance(run, failures)) {
        return;
      }
      pause(failures);
    }
  }

  /**
   * @return true when another attempt is due
   */
  private boolean advance(Run run, int failures) {
    if (run.cancelRequested()) {
      seals.end(run, Run.Status.CANCELLED, "", "The run was cancelled.");
      return false;
    }
    try {
      log.info("run starts run={} version={}", run.id(), run.dataVersion());
      attempt.execute(run, new Gate(run));
      return !isStopping();
    } catch (RecordStream.Fenced e) {
      log.info("run taken over run={}", run.id());
      return false;
    } catch (ReadFaultException e) {
      if (!isStopping()) {
        seals.end(run, Run.Status.FAILED, ProblemType.UNREADABLE_SOURCE.slug(), e.fault().advice());
      }
      return false;
    } catch (ProblemException e) {
      return e.type() == ProblemType.UNAVAILABLE
          ? again(run, failures, e)
          : fail(run, e.type(), e.detail());
    } catch (RuntimeException e) {
      return again(run, failures, e);
    }
  }

  private boolean again(Run run, int failures, RuntimeException failure) {
    if (isStopping()) {
      return false;
    }
    log.warn("run pauses run={} failures={}", run.id(), failures, failure);
    return failures < MAX_ATTEMPTS_WITHOUT_PROGRESS
        || fail(run, ProblemType.INTERNAL, "The run made no progress in many attempts.");
  }

  private boolean fail(Run run, ProblemType type, String detail) {
    seals.end(run, Run.Status.FAILED, type.slug(), detail);
    return false;
  }

  private void pause(int failures) {
    long millis =
        Math.min(LONGEST_PAUSE.toMillis(), SHORTEST_PAUSE.toMillis() << Math.min(failures, 10));
    try {
      stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  /** Writes progress down about once a second and hears whether to go on. */
  private final class Gate implements java.util.function.Predicate<RecordStream.Progress> {
    private static final long INTERVAL_NANOS = 500_000_000L;
    private final Run run;
    private long written = System.nanoTime();

    Gate(Run run) {
      this.run = run;
    }

    @Override
    public boolean test(RecordStream.Progress progress) {
      if (isStopping()) {
        return false;
      }
      if (System.nanoTime() - written < INTERVAL_NANOS) {
        return true;
      }
      written = System.nanoTime();
      return !database.asService(
          "run-progress",
          handle -> store.progress(handle, run.id(), progress.accepted(), progress.rejected()));
    }
  }
}
