package dev.weir.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ProblemRegistryTest {

  @Test
  void registry_listsExactlyTheProblemsThatTheServicesAnswerWith() throws IOException {
    JsonNode registry;
    try (var in = getClass().getResourceAsStream("/dev/weir/schemas/registry/problems.json")) {
      registry = Json.mapper().readTree(in);
    }
    var listed =
        StreamSupport.stream(registry.path("problems").spliterator(), false)
            .map(
                p -> p.path("type").asText() + p.path("status").asInt() + p.path("title").asText());
    var ours = Arrays.stream(ProblemType.values()).map(p -> p.urn() + p.status() + p.title());
    assertThat(listed).containsExactlyElementsOf(ours.toList());
    assertThat(registry.path("problems")).allMatch(p -> p.path("meaning").asText().length() > 10);
  }
}
