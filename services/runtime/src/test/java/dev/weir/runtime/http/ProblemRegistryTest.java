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
  void registry_saysEverythingInChineseToo() throws IOException {
    assertThat(registry())
        .allSatisfy(problem -> {
          assertThat(problem.path("titleZh").asText()).containsPattern("\\p{IsHan}{3}");
          assertThat(problem.path("meaningZh").asText()).containsPattern("\\p{IsHan}{3}");
        });
  }

  @Test
  void registry_listsExactlyTheProblemsThatTheServicesAnswerWith() throws IOException {
    var listed =
        StreamSupport.stream(registry().spliterator(), false)
            .map(
                p -> p.path("type").asText() + p.path("status").asInt() + p.path("title").asText());
    var ours = Arrays.stream(ProblemType.values()).map(p -> p.urn() + p.status() + p.title());
    assertThat(listed).containsExactlyElementsOf(ours.toList());
    assertThat(registry()).allMatch(p -> p.path("meaning").asText().length() > 10);
  }

  private static JsonNode registry() throws IOException {
    try (var in =
        ProblemRegistryTest.class.getResourceAsStream("/dev/weir/schemas/registry/problems.json")) {
      return Json.mapper().readTree(in).path("problems");
    }
  }
}
