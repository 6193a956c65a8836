package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.cli.command.CommandFailures;
import dev.weir.dap.collection.Query;
import dev.weir.dap.task.TimeInterval;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The role collector as a process: it alone reads the collector's key, and it speaks to the leader
 * and the control plane over HTTP, as the party that collects. Prints one line of JSON for each
 * collection that ended; the aggregates themselves stay in its directory.
 */
final class CollectorProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WHY = "why";

  private CollectorProcess() {}

  /**
   * @param once to return after one round; otherwise it goes on until it is interrupted
   * @param language of what lines say beside their stable names
   */
  static void run(
      CollectorConfiguration configuration, boolean once, PrintStream out, Language language)
      throws IOException {
    var client = new WeirClient(Profile.read(configuration.profile()), language);
    var tasks = new LinkedHashMap<CollectorConfiguration.Plan, PublicTask>();
    for (var plan : configuration.tasks()) {
      var task = TaskFile.read(plan.file());
      plan.require(task);
      tasks.put(plan, task);
    }
    try (var key = CollectorKey.read(configuration.key())) {
      tasks.values().forEach(task -> CollectorKey.require(key, task));
      var collector =
          new Collector(
              new CollectionJournal(configuration.directory()),
              client.aggregator("leader"),
              key,
              new ContractGate(client, Clock.systemUTC()));
      var rounds =
          new CollectorRounds(collector, Clock.systemUTC(), new Lines(out, language), !once);
      do {
        rounds.begin(PATIENCE);
        tasks.forEach((plan, task) -> rounds.round(task, plan));
        if (!once) {
          LockSupport.parkNanos(configuration.every().toNanos());
        }
      } while (!once && !Thread.currentThread().isInterrupted());
    }
  }

  /** What became of tasks, a line of JSON each. */
  private record Lines(PrintStream out, Language language) implements CollectorRounds.Told {
    @Override
    public void outcome(PublicTask task, Query query, Outcome outcome) {
      var line = line(task, Optional.of(query));
      switch (outcome) {
        case Outcome.Collected(CollectedBatch batch) -> {
          line.put("request", batch.requestSha256());
          line.put("reports", batch.reports());
          line.put("alerts", batch.alerts());
          if (!batch.alerts().isEmpty()) {
            line.put(WHY, batch.alerts().stream().map(AlertText::of).map(this::said).toList());
          }
          task.terms().robustness().ifPresent(lacking -> line.put("robustness", lacking));
        }
        case Outcome.Refused(String rule) -> {
          line.put("refused", rule);
          line.put(WHY, said(Refusals.text(rule)));
        }
        case Outcome.Waiting waiting -> line.put("waiting", true);
      }
      print(out, line);
    }

    @Override
    public void away(
        PublicTask task, Optional<Query> query, RuntimeException why, CollectorRounds.Fault fault) {
      var line = line(task, query);
      line.put(fault.name().toLowerCase(Locale.ROOT), CommandFailures.line(why, language));
      print(out, line);
    }

    private String said(Bilingual text) {
      return text.in(language);
    }
  }

  private static Map<String, Object> line(PublicTask task, Optional<Query> query) {
    var line = new LinkedHashMap<String, Object>();
    line.put("task", task.task().id().toString());
    query.ifPresent(asked -> {
      switch (asked) {
        case Query.OfInterval(TimeInterval interval) -> {
          long precision = task.task().configuration().timePrecisionSeconds();
          line.put("from", instant(interval.start(), precision));
          line.put("to", instant(interval.start() + interval.duration(), precision));
        }
        case Query.NextBatch next -> line.put("batch", "next");
      }
    });
    return line;
  }

  private static String instant(long units, long precision) {
    return Instant.ofEpochSecond(units * precision).toString();
  }

  private static void print(PrintStream out, Map<String, Object> line) {
    try {
      out.println(Json.mapper().writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
