package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PartyLimitTest {
  private static final Account GREEDY = Account.of("greedy", Account.party(1), Role.CONSUMER);
  private static final Account COLLEAGUE =
      Account.of("greedys-colleague", Account.party(1), Role.CONSUMER);
  private static final Account OTHER = Account.of("other", Account.party(2), Role.CONSUMER);
  private static LocalIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void party_overItsRate_isToldWhenToComeBackAndOthersAreServed() {
    try (var service = start(new ProbeResource(), Map.of("requestsPerSecond", 1, "burst", 3))) {
      for (int i = 0; i < 3; i++) {
        assertThat(service.as(GREEDY).get("/v1/probe").status()).isEqualTo(200);
      }
      var refused = service.as(COLLEAGUE).get("/v1/probe");
      BorderProbeTest.problem(refused, ProblemType.TOO_MANY_REQUESTS);
      int seconds = refused.json().path("retryAfterSeconds").asInt();
      assertThat(refused.headers().firstValue("Retry-After")).hasValue(Integer.toString(seconds));
      assertThat(seconds).isPositive();
      assertThat(service.as(OTHER).get("/v1/probe").status()).isEqualTo(200);
      assertThat(service.admin().get("/metrics").body())
          .contains("weir_party_refused_total{excess=\"rate\"} 1.0");
    }
  }

  @Test
  void party_whoseRequestsHang_leavesThreadsToOthers() throws InterruptedException {
    var probe = new ProbeResource();
    try (var service = start(probe, Map.of("concurrent", 4));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var refusals = new Semaphore(0);
      var hanging =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        var answer = service.as(GREEDY).get("/v1/probe/own-wait");
                        refusals.release(answer.is(ProblemType.TOO_MANY_REQUESTS) ? 1 : 0);
                        return answer;
                      },
                      callers))
              .toList();
      assertThat(refusals.tryAcquire(16, 1, TimeUnit.MINUTES)).isTrue();
      assertThat(service.as(OTHER).get("/v1/probe").status()).isEqualTo(200);
      probe.release.countDown();
      var answers = hanging.stream().map(CompletableFuture::join).toList();
      assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(4);
      assertThat(answers).filteredOn(a -> a.is(ProblemType.TOO_MANY_REQUESTS)).hasSize(16);
      assertThat(service.as(GREEDY).get("/v1/probe").status()).isEqualTo(200);
    }
  }

  private static TestService start(ProbeResource probe, Map<String, Integer> party) {
    return TestService.start(
        new ProbeApplication(probe),
        "probe",
        issuer,
        Map.of("http", Map.of("port", 0, "adminPort", 0, "party", party)));
  }
}
