package dev.weir.cli.campaign;

import dev.weir.cli.campaign.check.Acknowledgement;
import dev.weir.cli.campaign.check.InvariantChecker;
import dev.weir.cli.campaign.check.Sources;
import dev.weir.cli.campaign.check.Tree;
import dev.weir.cli.campaign.check.Violation;
import dev.weir.cli.demo.Prologue;
import dev.weir.cli.demo.Prologue.Scene;
import dev.weir.cli.stack.CrashableStack;
import dev.weir.runtime.embedded.Credentials;
import dev.weir.runtime.embedded.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills one part of a working stack in every round, starts it again, waits until all is quiet and
 * checks the invariants. The seed decides what is killed when. Confined to one thread.
 */
public final class CrashCampaign implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final int MIN_LOAD_MILLIS = 1_000;
  private static final int LOAD_SPREAD_MILLIS = 3_000;
  private static final int DOWN_SPREAD_MILLIS = 1_500;
  private static final long AFTERWARDS_MILLIS = 2_000;

  private final CrashPlan plan;
  private final CampaignReport report;
  private final CrashableStack stack;
  private final Scene scene;
  private final History history;
  private final Sources sources;
  private final InvariantChecker checker;
  private final Random random;
  private final Path metrics;

  private CrashCampaign(
      CrashPlan plan,
      CampaignReport report,
      CrashableStack stack,
      Scene scene,
      History history,
      Sources sources,
      Path metrics) {
    this.plan = plan;
    this.report = report;
    this.stack = stack;
    this.scene = scene;
    this.history = history;
    this.sources = sources;
    this.checker = new InvariantChecker(sources);
    this.random = new Random(plan.seed());
    this.metrics = metrics;
  }

  /** Starts the stack over an empty state and plays the story up to a contract. */
  public static CrashCampaign start(CrashPlan plan, CampaignReport report) throws Exception {
    report.started(plan);
    var stack = CrashableStack.startAfresh(plan.state(), report::step);
    try {
      Path own = OwnerOnly.directory(plan.state().directory().resolve("campaign"));
      Path metrics = OwnerOnly.directory(own.resolve("metrics"));
      var random = new Random(plan.seed());
      byte[] mark = new byte[8];
      random.nextBytes(mark);
      String canary = "CANARY" + HexFormat.of().formatHex(mark);
      Path csv = own.resolve("persons.csv");
      CampaignData.write(csv, plan.persons(), plan.seed(), canary);
      report.step("contract");
      var scene = Prologue.play(plan.state(), csv);
      var history = new History(own.resolve("history.jsonl"));
      var sources = sources(stack, history, metrics, canary);
      return new CrashCampaign(plan, report, stack, scene, history, sources, metrics);
    } catch (Exception e) {
      stack.close();
      throw e;
    }
  }

  private static Sources sources(
      CrashableStack stack, History history, Path metrics, String canary) {
    Path directory = stack.state().directory();
    Path audit = stack.state().data("audit");
    var reader = stack.databaseReader();
    return new Sources(
        stack.jdbcUrl(),
        reader.username(),
        reader.revealPassword(),
        kafka(stack.bootstrapServers(), stack.topicReader()),
        audit.resolve("log"),
        List.of(directory.resolve("logs"), metrics, audit, stack.state().data("witness")),
        history.file(),
        canary);
  }

  private static Map<String, Object> kafka(String bootstrapServers, Credentials user) {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers,
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + user.username()
            + "\" password=\""
            + user.revealPassword()
            + "\";");
  }

  /** What the checker reads, for a test that tampers with it. */
  public Sources sources() {
    return sources;
  }

  /**
   * Runs every round.
   *
   * @return whether all invariants held after each, and there was something to hold: every round
   *     answered a query, and a version was sealed in one of them
   */
  public boolean run() throws Exception {
    long start = System.nanoTime();
    var rounds = new ArrayList<Round>();
    for (int number = 1; number <= plan.rounds(); number++) {
      var round = round(number);
      rounds.add(round);
      report.round(round);
    }
    report.summary(plan, rounds, seconds(start));
    return Round.allHold(rounds);
  }

  private Round round(int number) throws Exception {
    var parts = CrashableStack.parts();
    String part = parts.get(random.nextInt(parts.size()));
    long after = (long) MIN_LOAD_MILLIS + random.nextInt(LOAD_SPREAD_MILLIS);
    long down = random.nextInt(DOWN_SPREAD_MILLIS);
    long killed;
    double downSeconds;
    CrashLoad load = CrashLoad.start(plan.state(), scene, history, random.nextLong());
    try (load) {
      load.awaitAnswered(1);
      pause(after);
      killed = System.nanoTime();
      stack.kill(part);
      pause(down);
      stack.restart(part);
      downSeconds = seconds(killed);
      long sinceThen = load.answered();
      pause(AFTERWARDS_MILLIS);
      load.awaitAnswered(sinceThen + 1);
    }
    long stopped = System.nanoTime();
    var open = KafkaQuiet.await(sources);
    double quietSeconds = seconds(stopped);
    var violations = new ArrayList<Violation>();
    if (!open.isEmpty()) {
      violations.add(
          new Violation(Violation.Invariant.ACKNOWLEDGED, "never became quiet: " + open));
    }
    violations.addAll(check());
    return new Round(
        number,
        part,
        after,
        downSeconds,
        quietSeconds,
        load.answered(),
        load.sealed(),
        load.failures(),
        load.unanswered(),
        violations);
  }

  /** Checks once; a checkpoint that holds is remembered for the checks to come. */
  public List<Violation> check() throws Exception {
    HttpMetrics.keep(stack.metrics(), metrics);
    var violations = checker.check();
    if (violations.isEmpty()) {
      rememberCheckpoint();
    }
    return violations;
  }

  private void rememberCheckpoint() throws IOException {
    for (Tree tree : Tree.values()) {
      Path checkpoint = sources.log().resolve(tree.checkpoint());
      if (Files.exists(checkpoint)) {
        var lines = Files.readAllLines(checkpoint);
        history.add(new Acknowledgement(tree.shown(), lines.get(1), "shown", lines.get(2), 0));
      }
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / NANOS * 10) / 10.0;
  }

  @Override
  public void close() {
    stack.close();
  }
}
