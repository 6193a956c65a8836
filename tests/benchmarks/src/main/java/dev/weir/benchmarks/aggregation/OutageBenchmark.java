package dev.weir.benchmarks.aggregation;

import dev.weir.benchmarks.harness.Benchmark;
import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The helper is killed and away for an hour while contributors go on: whether nothing that the
 * leader took is lost, and how soon the helper has caught up. An hour is an hour, so it runs by its
 * name only.
 */
public final class OutageBenchmark implements Benchmark {
  private static final int A_SECOND = 20;
  private static final int BEFORE = 1_000;
  private static final double LIMIT_SECONDS = 120;

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public boolean byNameOnly() {
    return true;
  }

  @Override
  public void run(Settings settings, Sheet sheet) throws Exception {
    var away = Duration.ofSeconds(settings.pick(20, 3600));
    try (var scratch = settings.scratch();
        var stack = AggregationStack.start(scratch.path())) {
      var task = BenchTask.of(Kind.SUM, new SecureRandom());
      var both = stack.aggregators();
      both.setUp(task);
      var helperKey = both.helperKey(); // contributors keep it
      var before = Load.of(task, Kind.SUM, both.leaderKey(), helperKey, BEFORE, BEFORE / 10);
      for (var body : before.bodies()) {
        both.upload(task, body);
      }
      both.killHelper();
      int reports = before.reports();
      var sum = before.sum();
      long end = System.nanoTime() + away.toNanos();
      while (System.nanoTime() < end) {
        long next = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        var load = Load.of(task, Kind.SUM, both.leaderKey(), helperKey, A_SECOND, A_SECOND);
        both.upload(task, load.bodies().getFirst());
        reports += load.reports();
        sum = sum.add(load.sum());
        Thread.sleep(Math.max(0, Duration.ofNanos(next - System.nanoTime()).toMillis()));
      }
      caughtUp(stack, sheet, task, away, reports, sum);
    }
  }

  private static void caughtUp(
      AggregationStack stack,
      Sheet sheet,
      BenchTask task,
      Duration away,
      int reports,
      BigInteger sum)
      throws Exception {
    long started = System.nanoTime();
    stack.aggregators().again(stack.begin("helper", "1"));
    var held = stack.held(task);
    sheet.atMost(
        "helper away for %,d s: started again and caught up".formatted(away.toSeconds()),
        Throughput.seconds(started),
        "s",
        LIMIT_SECONDS);
    sheet.exactly(
        "counted by both, each once",
        held.agree() ? (double) held.leader().reports() : -1,
        "reports",
        reports);
    sheet.exactly("the aggregate", held.sum(task.task()).doubleValue(), "", sum.doubleValue());
  }
}
