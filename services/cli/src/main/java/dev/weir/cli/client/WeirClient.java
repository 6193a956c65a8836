package dev.weir.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.dap.client.HttpAggregator;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Calls the services as one account. A service's problem becomes an {@link ApiProblem}; a service
 * that cannot be reached becomes an {@link UncheckedIOException}. Thread-safe.
 */
public final class WeirClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
  private static final int PAGE = 200;
  private static final int MAX_PAGES = 10_000;

  private final HttpClient http;
  private final Profile profile;
  private final TokenSource tokens;
  private final Language language;

  public WeirClient(Profile profile) {
    this(profile, Language.EN);
  }

  /**
   * @param language in which services say why they refuse
   */
  public WeirClient(Profile profile, Language language) {
    this.language = language;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    this.profile = profile;
    this.tokens = new TokenSource(http, InstantSource.system(), profile);
  }

  public JsonNode get(String service, String path) {
    return json(send(request(service, path).GET()));
  }

  /** The body as bytes, for what is signed or hashed as it stands. */
  public byte[] getBytes(String service, String path) {
    return send(request(service, path).GET()).body();
  }

  public JsonNode post(String service, String path, Object body) {
    return json(
        send(
            request(service, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body(body))));
  }

  /** A step that takes no body. */
  public JsonNode post(String service, String path) {
    return json(
        send(
            request(service, path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody())));
  }

  public JsonNode put(String service, String path, Object body) {
    return json(
        send(request(service, path).header("Content-Type", "application/json").PUT(body(body))));
  }

  /** Sends bytes as {@code application/octet-stream}. */
  public JsonNode post(String service, String path, byte[] bytes) {
    return json(
        send(
            request(service, path)
                .timeout(UPLOAD_TIMEOUT)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes))));
  }

  /** Streams a file as {@code application/octet-stream}. */
  public JsonNode upload(String service, String path, Path file) throws IOException {
    return json(
        send(
            request(service, path)
                .timeout(UPLOAD_TIMEOUT)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file))));
  }

  /** The base address of a service, where the profile names one. */
  public Optional<URI> address(String service) {
    return Optional.ofNullable(profile.services().get(service));
  }

  /** An aggregator of the profile, asked as the account. */
  public HttpAggregator aggregator(String service) {
    return new HttpAggregator(
        http, URI.create(profile.service(service) + "/dap"), () -> Optional.of(token()));
  }

  private String token() {
    try {
      return tokens.token();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The credit code of the party that the account acts for. */
  public String party() {
    try {
      return tokens.party();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * All items of a paged collection, page by page.
   *
   * @param path with its filter, if any
   */
  public List<JsonNode> list(String service, String path) {
    var items = new ArrayList<JsonNode>();
    String first = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
    String cursor = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode answer = get(service, cursor.isEmpty() ? first : first + "&cursor=" + cursor);
      answer.path("items").forEach(items::add);
      cursor = answer.path("next").asText("");
      if (cursor.isEmpty() || cursor.equals("null")) {
        return items;
      }
    }
    return items;
  }

  private HttpRequest.Builder request(String service, String path) {
    return HttpRequest.newBuilder(URI.create(profile.service(service) + path))
        .timeout(TIMEOUT)
        .header("Accept-Language", language.name().toLowerCase(Locale.ROOT))
        .header("Accept", "application/json, application/problem+json, */*;q=0.1");
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
    try {
      var response =
          http.send(
              builder.header("Authorization", "Bearer " + tokens.token()).build(),
              BodyHandlers.ofByteArray());
      if (response.statusCode() >= 400) {
        throw new ApiProblem(response.statusCode(), json(response));
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  private static BodyPublisher body(Object body) {
    try {
      return BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return response.body().length == 0
          ? Json.mapper().createObjectNode()
          : Json.mapper().readTree(response.body());
    } catch (IOException e) {
      return Json.mapper().createObjectNode();
    }
  }
}
