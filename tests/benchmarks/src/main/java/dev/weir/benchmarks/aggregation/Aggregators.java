package dev.weir.benchmarks.aggregation;

import dev.weir.dap.DapMediaType;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.wire.Bytes;
import dev.weir.runtime.json.Json;
import dev.weir.testkit.Account;
import dev.weir.testkit.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The two that serve: tasks are set up with them, reports are uploaded to the leader. */
final class Aggregators implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AggregatorProcess leader;
  private AggregatorProcess helper;
  private final LocalIssuer issuer;

  Aggregators(AggregatorProcess leader, AggregatorProcess helper, LocalIssuer issuer) {
    this.leader = leader;
    this.helper = helper;
    this.issuer = issuer;
  }

  AggregatorProcess leader() {
    return leader;
  }

  AggregatorProcess helper() {
    return helper;
  }

  /** SIGKILL. */
  void killHelper() {
    helper.kill();
  }

  /** The helper was started again. */
  void again(AggregatorProcess restarted) {
    this.helper = restarted;
  }

  HpkeConfig leaderKey() throws IOException, InterruptedException {
    return key(leader);
  }

  HpkeConfig helperKey() throws IOException, InterruptedException {
    return key(helper);
  }

  private static HpkeConfig key(AggregatorProcess aggregator)
      throws IOException, InterruptedException {
    return HttpAggregator.open(URI.create(aggregator.api() + "/dap")).key();
  }

  /** Both operators set the task up. */
  void setUp(BenchTask task) throws IOException, InterruptedException {
    setUp(helper, BenchTask.HELPER, task);
    setUp(leader, BenchTask.LEADER, task); // takes reports now
  }

  /** Again while the aggregator does not know the newest contracts. */
  private void setUp(AggregatorProcess aggregator, Account operator, BenchTask task)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(aggregator.api() + "/v1/aggregation-tasks"))
            .header("Authorization", "Bearer " + issuer.token(operator))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(task.document())))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == UNAVAILABLE) {
      Thread.sleep(100);
      answer = http.send(request, BodyHandlers.ofString());
    }
    if (answer.statusCode() != OK) {
      throw new IllegalStateException("no task: " + answer.statusCode() + " " + answer.body());
    }
  }

  /** Uploads one body to the leader; returns when it has accepted every report. */
  void upload(BenchTask task, Bytes body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(leader.api() + "/dap/tasks/" + task.task().id() + "/reports"))
            .header("Content-Type", DapMediaType.UPLOAD_REQ.toString())
            .POST(BodyPublishers.ofByteArray(body.toArray()))
            .build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK || answer.body().length > 0) {
      throw new IllegalStateException("reports were refused: " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    leader.close();
    helper.close();
  }
}
