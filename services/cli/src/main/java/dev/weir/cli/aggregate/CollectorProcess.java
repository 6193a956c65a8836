package dev.weir.cli.aggregate;

import dev.weir.aggregation.collector.CollectedBatch;
import dev.weir.aggregation.collector.CollectionJournal;
import dev.weir.aggregation.collector.Collector;
import dev.weir.aggregation.collector.Collector.Outcome;
import dev.weir.aggregation.task.PublicTask;
import dev.weir.cli.client.Profile;
import dev.weir.cli.client.WeirClient;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The role collector as a process: it alone reads the collector's key, and it speaks to the leader
 * and the control plane over HTTP, as the party that collects. Prints one line of JSON for each
 * collection that ended; the aggregates themselves stay in its directory.
 */
final class CollectorProcess {
  private CollectorProcess() {}

  /**
   * @param once to return after one round; otherwise it goes on until it is interrupted
   */
  static void run(CollectorConfiguration configuration, boolean once, PrintStream out)
      throws IOException {
    var client = new WeirClient(Profile.read(configuration.profile()));
    var tasks = new LinkedHashMap<CollectorConfiguration.Plan, PublicTask>();
    for (var plan : configuration.tasks()) {
      tasks.put(plan, TaskFile.readWhole(plan.file()));
    }
    try (var key = CollectorKey.read(configuration.key())) {
      tasks.values().forEach(task -> CollectorKey.require(key, task));
      var collector =
          new Collector(
              new CollectionJournal(configuration.directory()),
              client.aggregator("leader"),
              key,
              new ContractGate(client, Clock.systemUTC()));
      var rounds = new CollectorRounds(collector, Clock.systemUTC(), new Lines(out));
      do {
        tasks.forEach((plan, task) -> rounds.round(task, plan));
        if (!once) {
          LockSupport.parkNanos(configuration.every().toNanos());
        }
      } while (!once && !Thread.currentThread().isInterrupted());
    }
  }

  /** What became of tasks, a line of JSON each. */
  private record Lines(PrintStream out) implements CollectorRounds.Told {
    @Override
    public void outcome(PublicTask task, Outcome outcome) {
      tell(out, task, outcome);
    }

    @Override
    public void away(PublicTask task, RuntimeException why, boolean unopened) {
      var line = line(task);
      line.put(unopened ? "unopened" : "away", String.valueOf(why.getMessage()));
      print(out, line);
    }
  }

  private static Map<String, Object> line(PublicTask task) {
    return new LinkedHashMap<>(Map.of("task", task.task().id().toString()));
  }

  private static void tell(PrintStream out, PublicTask task, Outcome outcome) {
    var line = line(task);
    switch (outcome) {
      case Outcome.Collected(CollectedBatch batch) -> {
        line.put("request", batch.requestSha256());
        line.put("reports", batch.reports());
        line.put("alerts", batch.alerts());
        task.terms().robustness().ifPresent(lacking -> line.put("robustness", lacking));
      }
      case Outcome.Refused(String rule) -> line.put("refused", rule);
      case Outcome.Waiting waiting -> line.put("waiting", true);
    }
    print(out, line);
  }

  private static void print(PrintStream out, Map<String, Object> line) {
    try {
      out.println(Json.mapper().writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
