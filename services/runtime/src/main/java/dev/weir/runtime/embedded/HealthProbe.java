package dev.weir.runtime.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a health check, and remembers what it said for the message of a start that fails. Confined
 * to one thread.
 */
final class HealthProbe implements AutoCloseable {
  private static final int OK = 200;
  private static final int MAX_QUOTED = 300;

  /** A first answer on a busy machine loads classes for seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;
  private String lastAnswer = "was not asked";

  HealthProbe(URI health) {
    this.request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
  }

  /** Whether the check answers 200; an interrupt is kept and counts as no answer. */
  boolean ready() {
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      lastAnswer = ("answered " + answer.statusCode() + " " + shortened(answer.body())).strip();
      return answer.statusCode() == OK;
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

  /** Completes "its health check last …". */
  String lastAnswer() {
    return lastAnswer;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
