package dev.weir.benchmarks.core;

import dev.weir.benchmarks.harness.Settings;
import dev.weir.benchmarks.harness.Sheet;
import dev.weir.benchmarks.harness.Throughput;
import dev.weir.benchmarks.harness.Timings;
import dev.weir.benchmarks.terms.Contracts;
import dev.weir.testkit.ApiClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Dry runs over HTTP against the running query service: token, plan, decision and an evidence leaf
 * committed with its outbox row before each answer. Clients and servers share the machine.
 */
final class RequestBench {
  private static final int CLIENTS = 8;
  private static final double LIMIT_PER_SECOND = 250;
  private static final double LIMIT_MILLIS = 200;

  private RequestBench() {}

  static void run(Settings settings, Sheet sheet) throws Exception {
    int warmUp = settings.pick(50, 2_000);
    int requests = settings.pick(200, 5_000);
    try (var scratch = settings.scratch();
        var stack = RequestStack.start(scratch.path())) {
      var client = stack.consumer();
      Throughput.perSecond(CLIENTS, warmUp, number -> dryRun(client, number));
      List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
      double rate =
          Throughput.perSecond(
              CLIENTS,
              requests,
              number -> {
                long start = System.nanoTime();
                dryRun(client, warmUp + number);
                nanos.add(System.nanoTime() - start);
              });
      var timings = Timings.ofNanos(nanos);
      sheet.atLeast("audited dry runs, 8 clients", rate, "requests/s", LIMIT_PER_SECOND);
      sheet.atMost("audited dry run p50", timings.medianMillis(), "ms", LIMIT_MILLIS);
      sheet.atMost("audited dry run p99", timings.p99Millis(), "ms", LIMIT_MILLIS);
      sheet.exactly(
          "leaves that reached the topic",
          (double) stack.awaitLeaves(warmUp + requests),
          "leaves",
          warmUp + requests);
    }
  }

  private static void dryRun(ApiClient client, int number) {
    var body =
        Map.of(
            "contractId",
            Contracts.CONTRACT.toString(),
            "purpose",
            Contracts.PURPOSE,
            "sql",
            "SELECT COUNT(*) AS n FROM flights WHERE distance > " + number,
            "nanoRho",
            1_000_000,
            "dryRun",
            true);
    var answer = client.post("/v1/queries", body);
    if (answer.status() != 200 || !answer.body().contains("\"costs\"")) {
      throw new IllegalStateException("not a dry run: " + answer.status() + " " + answer.body());
    }
  }
}
