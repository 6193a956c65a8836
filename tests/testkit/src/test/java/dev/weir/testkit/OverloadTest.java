package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverloadTest {

  @Test
  void requestsBeyondTheQueue_areSentAwayAndToldWhenToReturn() throws Exception {
    var probe = new ProbeResource();
    try (var issuer = LocalIssuer.start();
        var service =
            TestService.start(
                new ProbeApplication(probe),
                "probe",
                issuer,
                Map.of("http", Map.of("maxThreads", 8, "maxQueued", 4)));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 40)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> service.anonymous().get("/v1/probe/wait"), callers))
              .toList();
      var sentAway =
          CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
              .thenApply(Answer.class::cast)
              .get();
      BorderProbeTest.problem(sentAway, ProblemType.UNAVAILABLE);
      assertThat(sentAway.headers().firstValue("Retry-After")).isPresent();
      probe.release.countDown();
      assertThat(answers.stream().map(CompletableFuture::join))
          .allMatch(a -> a.status() == 200 || a.is(ProblemType.UNAVAILABLE))
          .filteredOn(a -> a.status() == 200)
          .hasSizeGreaterThanOrEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/..%2f..%2fetc HTTP/1.1\r\nHost: a\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n",
        "GET /v1/probe HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
        "GET /v1/probe HTTP/1.1\r\n",
        "POST /v1/probe/any HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "GET /v1/probe HTTP/9.9\r\nHost: a\r\n",
        "G<T /v1/probe HTTP/1.1\r\nHost: a\r\n",
        "GET http://[ HTTP/1.1\r\nHost: a\r\n",
        "GET /v1/probe HTTP/1.1\r\nHost: a\r\n folded: x\r\n"
      })
  void requestThatIsNotHttp_isAProblemWithSecurityHeaders(String request) throws IOException {
    try (var issuer = LocalIssuer.start();
        var service =
            TestService.start(
                new ProbeApplication(new ProbeResource()), "probe", issuer, Map.of())) {
      String answer = raw(service.running().api(), request + "Connection: close\r\n\r\n");
      assertThat(answer).matches("(?s)HTTP/1.1 (400|404|426|501|505) .*");
      assertThat(answer)
          .containsIgnoringCase("application/problem+json")
          .contains("urn:weir:problem:");
      assertThat(answer).containsIgnoringCase("x-content-type-options: nosniff");
      assertThat(answer).doesNotContain("jetty", "Exception", "<html");
    }
  }

  private static String raw(URI api, String request) throws IOException {
    try (var socket = new Socket(api.getHost(), api.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
