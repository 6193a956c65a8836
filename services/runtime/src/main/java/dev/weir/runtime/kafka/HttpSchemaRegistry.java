package dev.weir.runtime.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.runtime.secret.SecretAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Asks a registry with the Confluent-compatible API. Answers never change, so they are kept: at
 * most 4,096 of each kind. Waits 5 s at most; follows no redirect; reads at most 2 MiB of an
 * answer. Thread-safe.
 */
public final class HttpSchemaRegistry implements SchemaIds {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_ANSWER_BYTES = 2 << 20;
  private static final int MAX_KEPT = 4096;
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final String authorization;
  private final HttpClient http;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();

  /**
   * @param base ending in {@code /apis/ccompat/v7}
   * @param login as whom to ask, with basic authentication: the service's broker login
   */
  public HttpSchemaRegistry(URI base, KafkaAccess login) {
    this.base = base;
    String pair = login.username() + ":" + login.password().reveal(SecretAccess.REGISTRY_LOGIN);
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public int idOf(String subject, Schema schema) {
    var key = new Subject(subject, SchemaNormalization.parsingFingerprint64(schema), schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
    int id = number(ask(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build()));
    if (ids.size() < MAX_KEPT) {
      ids.put(key, id);
    }
    return id;
  }

  @Override
  public Schema schemaOf(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    JsonNode text = ask(request("/schemas/ids/" + id).GET().build()).path("schema");
    if (!text.isTextual()) {
      throw new RegistryUnavailable("the registry's answer has no schema");
    }
    Schema schema = SchemaCheck.parse(text.textValue());
    if (schemas.size() < MAX_KEPT) {
      schemas.put(id, schema);
    }
    return schema;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(PATIENCE)
        .header("Authorization", authorization)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE + ", application/json");
  }

  private JsonNode ask(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(response.statusCode(), body.readNBytes(MAX_ANSWER_BYTES));
      }
    } catch (IOException e) {
      throw new RegistryUnavailable("the schema registry does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailable("interrupted while asking the schema registry", e);
    }
  }

  private static JsonNode answer(int status, byte[] body) throws IOException {
    return switch (status) {
      case 200, 201 -> JSON.readTree(body);
      case 404, 409, 422 ->
          throw new SchemaRefused("the schema registry refused with status " + status);
      default -> throw new RegistryUnavailable("the schema registry answers " + status);
    };
  }

  private static int number(JsonNode answer) {
    if (!answer.path("id").canConvertToInt()) {
      throw new RegistryUnavailable("the registry's answer has no id");
    }
    return answer.path("id").intValue();
  }

  private record Subject(String name, long fingerprint, Schema schema) {}
}
