package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.ProblemType;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SlowBodyTest {
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
    try (var line = new Line(service.running().api(), 5)) {
      String answer = line.drip(Duration.ofMillis(400));
      assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void body_ofOneByteInFiveSeconds_isEnded() throws IOException {
    try (var line = new Line(service.running().api(), 100)) {
      String answer = line.drip(Duration.ofSeconds(5));
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains(ProblemType.REQUEST_TIMEOUT.urn());
      assertThat(line.sentBytes).isLessThan(PATIENCE_BYTES);
    }
  }

  /** A connection that sends its body byte by byte. */
  private static final class Line implements AutoCloseable {
    private final Socket socket;
    private final int bodyBytes;
    private int sentBytes;

    Line(URI api, int bodyBytes) throws IOException {
      this.socket = new Socket(api.getHost(), api.getPort());
      this.bodyBytes = bodyBytes;
      String head =
          """
          POST /v1/probe/slow-reader HTTP/1.1
          Host: probe
          Content-Type: application/octet-stream
          Connection: close
          Content-Length: %d

          """;
      send(head.formatted(bodyBytes).replace("\n", "\r\n"));
    }

    /** Sends a byte whenever no answer has come for this long; returns the answer. */
    String drip(Duration pause) throws IOException {
      socket.setSoTimeout((int) pause.toMillis());
      while (true) {
        try {
          int first = socket.getInputStream().read();
          socket.setSoTimeout(10_000);
          return (char) first + new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketTimeoutException e) {
          if (sentBytes < bodyBytes) {
            send("x");
            sentBytes++;
          }
        }
      }
    }

    private void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
