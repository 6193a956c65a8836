package dev.weir.benchmarks.aggregation;

import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * From the first upload until both aggregators' sums hold every report, each report once. Reports
 * are made beforehand; clients, aggregators, broker and database share the machine's cores, so the
 * processor time of each is noted beside the rate. Confined.
 */
final class EndToEnd {
  static final double LIMIT_PER_CORE = 1_500;
  static final double LIMIT_MICROS = 1e6 / LIMIT_PER_CORE;

  private static final int CLIENTS = 4;

  private final AggregationStack stack;
  private final Sheet sheet;
  private final Kind kind;
  private final BenchTask task;
  private final List<Load> done = new ArrayList<>();

  private EndToEnd(AggregationStack stack, Sheet sheet, Kind kind, BenchTask task) {
    this.stack = stack;
    this.sheet = sheet;
    this.kind = kind;
    this.task = task;
  }

  static EndToEnd of(AggregationStack stack, Sheet sheet, Kind kind) throws Exception {
    var task = BenchTask.of(kind, new SecureRandom());
    stack.aggregators().setUp(task);
    return new EndToEnd(stack, sheet, kind, task);
  }

  /**
   * Reports to the same task that are not measured.
   *
   * @param perRequest reports in each upload
   */
  void warmUp(int reports, int perRequest) throws Exception {
    work(load(reports, perRequest));
  }

  /** Measures as many, and writes it down. */
  void measure(int reports, int perRequest) throws Exception {
    var load = load(reports, perRequest);
    var before = Spent.soFar(stack);
    long start = System.nanoTime();
    var held = work(load);
    double seconds = Throughput.seconds(start);
    write(held, load, perRequest, seconds, Spent.soFar(stack).minus(before));
  }

  private Load load(int reports, int perRequest) throws Exception {
    var both = stack.aggregators();
    return Load.of(task, kind, both.leaderKey(), both.helperKey(), reports, perRequest);
  }

  private Held work(Load load) throws Exception {
    Throughput.perSecond(
        CLIENTS,
        load.bodies().size(),
        number -> stack.aggregators().upload(task, load.bodies().get(number)));
    done.add(load);
    return stack.held(task);
  }

  private void write(Held held, Load load, int perRequest, double seconds, Spent spent) {
    int earlier = done.stream().mapToInt(Load::reports).sum() - load.reports();
    String what = "%s, %d a request".formatted(kind.label(), perRequest);
    int cores = Runtime.getRuntime().availableProcessors();
    double rate = load.reports() / seconds;
    sheet.atLeast(
        "%s: %,d after %,d".formatted(what, load.reports(), earlier),
        rate,
        "reports/s",
        LIMIT_PER_CORE * cores);
    sheet.atLeast(
        what + ": a second of processor, both",
        load.reports() / spent.aggregators(),
        "reports/s",
        LIMIT_PER_CORE);
    double micros = 1e6 / load.reports();
    sheet.against(
        what + ": leader's processor, a report",
        spent.leader() * micros,
        "µs",
        "the helper's",
        spent.helper() * micros);
    sheet.against(
        what + ": broker's processor, a report",
        spent.broker() * micros,
        "µs",
        "both aggregators'",
        spent.aggregators() * micros);
    sheet.exactly(
        what + ": counted by both, each once",
        held.agree() ? (double) held.leader().reports() : -1,
        "reports",
        earlier + load.reports());
    sheet.exactly(
        what + ": the aggregate",
        held.sum(task.task()).doubleValue(),
        "",
        done.stream().mapToDouble(each -> each.sum().doubleValue()).sum());
  }
}
