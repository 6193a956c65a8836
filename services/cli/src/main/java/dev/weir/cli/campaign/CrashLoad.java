package dev.weir.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.campaign.check.Acknowledgement;
import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.demo.Prologue.Scene;
import dev.weir.cli.stack.StackState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes on while parts are killed: a builder asks in parallel, a department streams the next
 * version, and contracts are proposed. A call may fail; what was acknowledged goes into the
 * history. Thread-safe.
 */
final class CrashLoad implements AutoCloseable {
  private static final Set<String> UNFINISHED = Set.of("ACCEPTED", "QUEUED", "RUNNING");
  private static final int ASKERS = 4;
  private static final long NANO_RHO = 20_000;
  private static final long POLL_MILLIS = 100;
  private static final long AFTER_FAILURE_MILLIS = 200;
  private static final long BETWEEN_PROPOSALS_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Scene scene;
  private final History history;
  private final WeirClient builder;
  private final WeirClient department;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong sealed = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final ConcurrentMap<String, Long> unanswered = new ConcurrentHashMap<>();
  private volatile boolean running = true;

  private CrashLoad(Scene scene, History history, WeirClient builder, WeirClient department) {
    this.scene = scene;
    this.history = history;
    this.builder = builder;
    this.department = department;
  }

  static CrashLoad start(StackState state, Scene scene, History history, long seed)
      throws IOException {
    var load =
        new CrashLoad(
            scene,
            history,
            new WeirClient(Profile.read(state.profile("builder-analyst"))),
            new WeirClient(Profile.read(state.profile("department-officer"))));
    load.repeat(seed, random -> load.refresh());
    load.repeat(seed, random -> load.propose());
    for (int asker = 1; asker <= ASKERS; asker++) {
      load.repeat(seed + asker, load::ask);
    }
    return load;
  }

  private interface Work {
    void once(Random random);
  }

  private void repeat(long seed, Work work) {
    var random = new Random(seed);
    threads.submit(() -> {
      while (running) {
        try {
          work.once(random);
        } catch (ApiProblem | UncheckedIOException e) {
          failures.incrementAndGet();
          pause(AFTER_FAILURE_MILLIS);
        }
      }
    });
  }

  private void ask(Random random) {
    String sql =
        "SELECT district, COUNT(*) AS n FROM persons WHERE age > %d GROUP BY district"
            .formatted(random.nextInt(100));
    var request =
        Map.of(
            "contractId",
            scene.contract(),
            "purpose",
            scene.purpose(),
            "sql",
            sql,
            "nanoRho",
            NANO_RHO,
            "dryRun",
            false);
    JsonNode query =
        follow(
            "query",
            builder,
            "query",
            "/v1/queries/",
            builder.post("query", "/v1/queries", request));
    if (query.path("status").asText().equals("DONE")) {
      answered.incrementAndGet();
      return;
    }
    String rule = query.path("refusal").path("reasons").path(0).path("rule").asText();
    unanswered.merge(query.path("status").asText() + " " + rule, 1L, Long::sum);
    pause(AFTER_FAILURE_MILLIS);
  }

  private void refresh() {
    JsonNode run =
        follow(
            "run",
            department,
            "intake",
            "/v1/runs/",
            department.post("intake", "/v1/runs", scene.run()));
    if (run.path("status").asText().equals("SEALED")) {
      sealed.incrementAndGet();
    }
  }

  private void propose() {
    JsonNode contract = builder.post("space", "/v1/contracts", scene.draft());
    history.add(
        new Acknowledgement(
            "contract", contract.path("id").asText(), contract.path("status").asText(), "", 0));
    pause(BETWEEN_PROPOSALS_MILLIS);
  }

  /** Remembers what was told until the thing has ended; goes on asking while a part is down. */
  @SuppressWarnings("ReferenceEquality") // whether anything was read since
  private JsonNode follow(
      String kind, WeirClient client, String service, String path, JsonNode begun) {
    JsonNode now = begun;
    remember(kind, now);
    while (UNFINISHED.contains(now.path("status").asText())) {
      pause(POLL_MILLIS);
      try {
        now = client.get(service, path + begun.path("id").asText());
      } catch (UncheckedIOException e) {
        failures.incrementAndGet();
        pause(AFTER_FAILURE_MILLIS);
      } catch (ApiProblem e) {
        if (e.status() == 404) {
          return begun; // lost: the checker says so
        }
        failures.incrementAndGet();
        pause(AFTER_FAILURE_MILLIS);
      }
    }
    if (now != begun) {
      remember(kind, now);
    }
    return now;
  }

  private void remember(String kind, JsonNode told) {
    history.add(
        new Acknowledgement(
            kind,
            told.path("id").asText(),
            told.path("status").asText(),
            told.path("receiptLeaf").asText(),
            told.path("charged").path("fen").asLong()));
  }

  long answered() {
    return answered.get();
  }

  /** Queries that ended otherwise, by status and rule. */
  Map<String, Long> unanswered() {
    return Map.copyOf(unanswered);
  }

  /**
   * Waits until that many queries were answered, at most three minutes; a kill that comes before
   * the first answer, or a round that ends before the next one, would have tried nothing.
   */
  void awaitAnswered(long least) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (answered.get() < least && System.nanoTime() < end) {
      pause(POLL_MILLIS);
    }
  }

  long sealed() {
    return sealed.get();
  }

  long failures() {
    return failures.get();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Begins nothing more and lets what was begun end, at most two minutes. */
  @Override
  public void close() {
    running = false;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
