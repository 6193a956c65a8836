package dev.weir.runtime.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * Asks a server whether it is ready, and remembers what it said for the message of a start that
 * fails. Confined to one thread.
 */
final class HealthProbe implements AutoCloseable {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_QUOTED = 300;

  /** A first answer on a busy machine loads classes for seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;
  private final IntPredicate good;
  private String lastAnswer = "was not asked";

  private HealthProbe(HttpRequest request, IntPredicate good) {
    this.request = request;
    this.good = good;
  }

  /** Ready is a health check that answers 200. */
  static HealthProbe of(URI health) {
    return new HealthProbe(
        HttpRequest.newBuilder(health).timeout(PATIENCE).build(), status -> status == OK);
  }

  /**
   * Ready is a token endpoint that answers a client with anything but a fault of its own: a health
   * check says nothing of the connections to the database that a login is given.
   */
  static HealthProbe ofLogins(URI tokenEndpoint, Credentials client) {
    String form =
        "grant_type=client_credentials&client_id="
            + URLEncoder.encode(client.username(), StandardCharsets.UTF_8)
            + "&client_secret="
            + URLEncoder.encode(client.revealPassword(), StandardCharsets.UTF_8);
    return new HealthProbe(
        HttpRequest.newBuilder(tokenEndpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        status -> status < SERVER_ERROR);
  }

  /** Whether the answer is a good one; an interrupt is kept and counts as no answer. */
  boolean ready() {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      boolean ready = good.test(answer.statusCode());
      // What a good answer holds may be a token.
      String said = ready ? "" : shortened(answer.body());
      lastAnswer = ("answered " + answer.statusCode() + " " + said).strip();
      return ready;
    } catch (IOException e) {
      lastAnswer = "gave no answer (" + e.getClass().getSimpleName() + ")";
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lastAnswer = "was interrupted";
      return false;
    }
  }

  private static String shortened(String body) {
    String line = body.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), MAX_QUOTED));
  }

  /** Completes "its health check last …", without what a good answer held. */
  String lastAnswer() {
    return lastAnswer;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
