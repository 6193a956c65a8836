package dev.weir.benchmarks.aggregation;

import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Second instances of both aggregators share the lanes and are killed with SIGKILL amid reports:
 * how long until the first ones have counted all that was uploaded, each once.
 */
final class Takeover {
  private static final double LIMIT_SECONDS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INSTANCES = 2;

  private Takeover() {}

  static void measure(AggregationStack stack, Sheet sheet, int reports, int perRequest)
      throws Exception {
    var task = BenchTask.of(Kind.SUM, new SecureRandom());
    var both = stack.aggregators();
    both.setUp(task);
    var load = Load.of(task, Kind.SUM, both.leaderKey(), both.helperKey(), reports, perRequest);
    try (var leader = stack.begin("leader", "2");
        var helper = stack.begin("helper", "2")) {
      awaitSharing(stack);
      for (int i = 0; i < load.bodies().size() / 2; i++) {
        both.upload(task, load.bodies().get(i));
      }
      leader.kill();
      helper.kill();
      long killed = System.nanoTime();
      for (int i = load.bodies().size() / 2; i < load.bodies().size(); i++) {
        both.upload(task, load.bodies().get(i));
      }
      var held = stack.held(task);
      sheet.atMost(
          "takeover of killed instances, both", Throughput.seconds(killed), "s", LIMIT_SECONDS);
      sheet.exactly(
          "counted over the takeover, each once",
          held.agree() ? (double) held.leader().reports() : -1,
          "reports",
          reports);
      sheet.exactly(
          "the aggregate over the takeover",
          held.sum(task.task()).doubleValue(),
          "",
          load.sum().doubleValue());
    }
  }

  private static void awaitSharing(AggregationStack stack) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (workers(stack, "leader") < INSTANCES || workers(stack, "helper") < INSTANCES) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the second instances get no lanes");
      }
      Thread.sleep(200);
    }
  }

  /** Processes that have a lane, by the name that Kafka Streams gives them. */
  private static int workers(AggregationStack stack, String role)
      throws InterruptedException, ExecutionException {
    try (var admin = stack.brokerAdmin()) {
      String group = role + "-verification";
      return (int)
          admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
              .flatMap(each -> each.members().stream())
              .filter(member -> !member.assignment().topicPartitions().isEmpty())
              .map(member -> member.clientId().replaceAll("-StreamThread-.*", ""))
              .distinct()
              .count();
    }
  }
}
