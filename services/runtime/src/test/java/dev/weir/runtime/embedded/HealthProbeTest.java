package dev.weir.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthProbeTest {
  @TempDir Path directory;

  @Test
  void aServerThatIsUpButNotReady_saysSo() throws IOException {
    var status = new AtomicInteger(503);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = "{\n  \"status\": \"DOWN\"\n}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    var health = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health/ready");
    try (var probe = HealthProbe.of(health)) {
      assertThat(probe.ready()).isFalse();
      assertThat(probe.lastAnswer()).isEqualTo("answered 503 { \"status\": \"DOWN\" }");
      status.set(200);
      assertThat(probe.ready()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTokenEndpointThatFails_isNotReady_andATokenIsNotQuoted() throws IOException {
    var status = new AtomicInteger(500);
    var asked = new AtomicReference<>("");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var body = "{\"access_token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    var tokens = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    var secret = Files.writeString(directory.resolve("secret"), "a b");
    try (var probe = HealthProbe.ofLogins(tokens, new Credentials("admin", secret))) {
      assertThat(probe.ready()).isFalse();
      assertThat(asked.get())
          .isEqualTo("grant_type=client_credentials&client_id=admin&client_secret=a+b");
      status.set(401);
      assertThat(probe.ready()).as("it looked the client up").isTrue();
      status.set(200);
      assertThat(probe.ready()).isTrue();
      assertThat(probe.lastAnswer()).isEqualTo("answered 200");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatDoesNotListen_isNamedByWhatFailed() {
    var nobody = URI.create("http://127.0.0.1:" + LoopbackPorts.free() + "/health/ready");
    try (var probe = HealthProbe.of(nobody)) {
      assertThat(probe.ready()).isFalse();
      assertThat(probe.lastAnswer()).isEqualTo("gave no answer (ConnectException)");
    }
  }

  @Test
  void whoeverWaitsLong_asksSeldom() {
    assertThat(Waiting.pause(Duration.ZERO)).isEqualTo(Duration.ofMillis(20));
    assertThat(Waiting.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(100));
    assertThat(Waiting.pause(Duration.ofMinutes(3))).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void theEndOfALog_beginsWithAWholeLine() throws IOException {
    var log = Files.writeString(directory.resolve("log"), "x".repeat(900) + "\n" + "y".repeat(600));
    assertThat(Waiting.tail(log)).isEqualTo("y".repeat(600));
    Files.writeString(log, "z".repeat(5_000));
    assertThat(Waiting.tail(log)).as("one long line").isNotEmpty();
    Files.writeString(log, "one\ntwo");
    assertThat(Waiting.tail(log)).isEqualTo("one\ntwo");
  }
}
