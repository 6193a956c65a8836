package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.runtime.http.Endpoint;
import dev.weir.runtime.http.Public;
import dev.weir.runtime.http.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds a running service to the OpenAPI 3.1 file it serves. Each path and method is in both; each
 * operation of the file names in {@code x-weir-operation} what the endpoint {@code @Requires}, or
 * has {@code security: []} when it is public; each documents its errors, one by one or under {@code
 * default}, as {@code application/problem+json}.
 */
public final class OpenApiContract {
  private static final List<String> METHODS = List.of("get", "post", "put", "delete");
  private static final String OPERATION = "x-weir-operation";

  private final JsonNode document;
  private final List<String> breaches = new ArrayList<>();

  private OpenApiContract(JsonNode document) {
    this.document = document;
  }

  /** Fails with the list of all differences. */
  public static void check(TestService service) {
    try {
      var document = new YAMLMapper().readTree(service.anonymous().get("/openapi.yaml").body());
      var contract = new OpenApiContract(document);
      contract.compare(service.running().endpoints());
      assertThat(contract.breaches).as("differences between service and OpenAPI file").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(List<Endpoint> endpoints) {
    if (!document.path("openapi").asText().startsWith("3.1.")) {
      breaches.add("the document is not OpenAPI 3.1");
    }
    Map<String, JsonNode> documented = documented();
    var served = new TreeMap<String, Endpoint>();
    endpoints.forEach(
        e -> served.put(e.httpMethod().toUpperCase(Locale.ROOT) + " " + e.template(), e));
    var all = new TreeSet<>(documented.keySet());
    all.addAll(served.keySet());
    for (String key : all) {
      if (!documented.containsKey(key)) {
        breaches.add(key + " is served and not documented");
      } else if (!served.containsKey(key)) {
        breaches.add(key + " is documented and not served");
      } else {
        compare(key, served.get(key), documented.get(key));
      }
    }
  }

  private Map<String, JsonNode> documented() {
    var operations = new TreeMap<String, JsonNode>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            METHODS.stream()
                .filter(path.getValue()::has)
                .forEach(method ->
                    operations.put(
                        method.toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        path.getValue().get(method))));
    return operations;
  }

  private void compare(String key, Endpoint endpoint, JsonNode operation) {
    var requires = endpoint.method().getAnnotation(Requires.class);
    if (endpoint.method().isAnnotationPresent(Public.class)) {
      if (!operation.path("security").isArray() || !operation.path("security").isEmpty()) {
        breaches.add(key + " is public, the file lacks security: []");
      }
    } else if (requires == null
        || !operation.path(OPERATION).asText().equals(requires.value().name())) {
      breaches.add(key + " has another operation in the file than in the service");
    }
    compareErrors(key, operation.path("responses"));
  }

  private void compareErrors(String key, JsonNode responses) {
    boolean problems = false;
    boolean success = false;
    for (var response : responses.properties()) {
      boolean error =
          response.getKey().equals("default") || response.getKey().compareTo("400") >= 0;
      success |= !error;
      if (error && !resolve(response.getValue()).path("content").has("application/problem+json")) {
        breaches.add(key + " documents " + response.getKey() + " without a problem");
      }
      problems |= error;
    }
    if (!problems || !success) {
      breaches.add(key + " must document a success and its problems");
    }
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }
}
