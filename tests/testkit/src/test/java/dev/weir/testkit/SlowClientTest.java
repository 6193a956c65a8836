package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ProblemType;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Its tests wait for limits of seconds, so they wait together. */
@Execution(ExecutionMode.CONCURRENT)
class SlowClientTest {
  private static final int PATIENCE_BYTES = 5;

  private static LocalIssuer issuer;
  private static TestService service;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
    service =
        TestService.start(new ProbeApplication(new ProbeResource()), "probe", issuer, Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
  }

  @Test
  void smallBody_toAServiceThatIsSlowItself_isTaken() {
    var probe = service.anonymous();
    var answer =
        probe.send(
            probe
                .request("/v1/probe/slow-reader")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[5])));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("bytes").asInt()).isEqualTo(5);
  }

  @Test
  void smallBody_overASlowLine_isTaken() throws IOException {
    try (var line = SlowLine.body(service.running().api(), 5)) {
      String answer = line.drip(Duration.ofMillis(400));
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void refusalBeforeTheBodyIsThere_saysThatTheConnectionEnds() throws IOException {
    String head = "POST /v1/probe HTTP/1.1\r\nHost: probe\r\nContent-Length: 9\r\n\r\n";
    try (var line = new SlowLine(service.running().api(), head, "")) {
      String answer = line.drip(Duration.ofMillis(250));
      assertThat(answer).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close");
    }
  }

  /** A connection that closed with unread bytes would be reset, and the answer lost. */
  @ParameterizedTest
  @CsvSource({"/v1/probe, 401", "/v1/probe/any, 413", "/nowhere, 413"})
  void refusalBeforeTheBodyIsThere_reachesAClientThatSendsItsBodyFirst(String path, int status)
      throws IOException {
    String answer =
        LateBody.answer(service.running().api(), path, status == 401 ? 1 << 20 : 4 << 20);
    assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith("}");
  }

  @Test
  void bodyBeyondAllMeasure_isNotWaitedFor() {
    assertThatThrownBy(() -> LateBody.answer(service.running().api(), "/v1/probe/any", 256 << 20))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusalWhoseBodyIsThere_keepsTheConnection() throws IOException {
    String refused = "POST /v1/probe HTTP/1.1\r\nHost: probe\r\nContent-Length: 9\r\n\r\nnine byte";
    String next = "GET /v1/probe HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n";
    try (var line = new SlowLine(service.running().api(), refused + next, "")) {
      assertThat(line.drip(Duration.ofMillis(250)).split("HTTP/1.1 401 ", -1)).hasSize(3);
    }
  }

  @Test
  void headers_thatComeByteByByte_areEndedAfterTenSeconds() throws IOException {
    String first = "GET /v1/probe/pages HTTP/1.1\r\nHost: probe\r\nX-Slow: ";
    try (var line = new SlowLine(service.running().api(), first, "x".repeat(4000))) {
      String answer = line.drip(Duration.ofMillis(250));
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains(ProblemType.REQUEST_TIMEOUT.urn());
      assertThat(answer).containsIgnoringCase("x-content-type-options: nosniff");
      assertThat(line.sentBytes()).isLessThan(200);
    }
  }

  @Test
  void secondRequest_thatComesByteByByte_isEndedToo() throws IOException {
    String whole = "GET /v1/probe/pages HTTP/1.1\r\nHost: probe\r\n\r\n";
    try (var line = new SlowLine(service.running().api(), whole, "GET /" + "a".repeat(4000))) {
      assertThat(line.drip(Duration.ofMillis(250)))
          .startsWith("HTTP/1.1 200 ")
          .contains("HTTP/1.1 408 ");
    }
  }

  @Test
  void body_thatStops_isEnded() throws IOException {
    try (var line = SlowLine.body(service.running().api(), 100)) {
      assertThat(line.drip(Duration.ofSeconds(60))).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void body_ofOneByteInFiveSeconds_isEnded() throws IOException {
    try (var line = SlowLine.body(service.running().api(), 100)) {
      String answer = line.drip(Duration.ofSeconds(5));
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains(ProblemType.REQUEST_TIMEOUT.urn());
      assertThat(line.sentBytes()).isLessThan(PATIENCE_BYTES);
    }
  }
}
