package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GracefulStopTest {
  private final ProbeResource probe = new ProbeResource();
  private LocalIssuer issuer;

  @BeforeEach
  void start() {
    issuer = LocalIssuer.start();
  }

  @AfterEach
  void stop() {
    probe.release.countDown();
    issuer.close();
  }

  @Test
  void runningRequest_isFinished_newOnesAreRefused() throws Exception {
    var service = start("PT60S");
    var api = service.running().api();
    var latecomer = service.anonymous();
    var running = CompletableFuture.supplyAsync(() -> service.anonymous().get("/v1/probe/wait"));
    probe.entered.await();
    var stopped = CompletableFuture.runAsync(service::close);
    awaitRefusal(api.getHost(), api.getPort());
    assertThatThrownBy(() -> latecomer.get("/v1/probe/pages"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(running).isNotDone();
    assertThat(stopped).isNotDone();
    probe.release.countDown();
    assertThat(running.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    stopped.get(30, TimeUnit.SECONDS);
  }

  @Test
  void requestThatDoesNotEnd_isCutOffWhenTheGracePeriodIsOver() throws Exception {
    var service = start("PT1S");
    var running = CompletableFuture.supplyAsync(() -> service.anonymous().get("/v1/probe/wait"));
    probe.entered.await();
    CompletableFuture.runAsync(
            () -> {
              try {
                service.close();
              } catch (IllegalStateException late) {
                assertThat(late).hasMessage("the service did not stop cleanly");
              }
            })
        .get(30, TimeUnit.SECONDS);
    assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UncheckedIOException.class);
  }

  private TestService start(String gracePeriod) {
    return TestService.start(
        new ProbeApplication(probe),
        "probe",
        issuer,
        Map.of("http", Map.of("port", 0, "adminPort", 0, "gracePeriod", gracePeriod)));
  }

  private static void awaitRefusal(String host, int port) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      try (var socket = new Socket(host, port)) {
        Thread.onSpinWait();
      } catch (java.io.IOException refused) {
        return;
      }
    }
    throw new AssertionError("the port still takes connections");
  }
}
