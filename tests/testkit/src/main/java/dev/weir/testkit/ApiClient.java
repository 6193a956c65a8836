package dev.weir.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Calls one service as one account, or as nobody. Thread-safe. */
public final class ApiClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI base;
  private final Optional<String> token;

  ApiClient(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** The same service with another token, or with one that is not valid. */
  public ApiClient with(String bearer) {
    return new ApiClient(base, Optional.of(bearer));
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, json(body));
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, json(body));
  }

  /** Sends the bytes as {@code application/json}, whatever they are. */
  public Answer send(String method, String path, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      var response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A request with this client's token, still without method and body. */
  public HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return request;
  }

  private static byte[] json(Object body) {
    try {
      return Json.mapper().writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body has no JSON form", e);
    }
  }
}
