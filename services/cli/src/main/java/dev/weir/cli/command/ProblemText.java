package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the closed list of problems says of one, in both languages: the services themselves speak
 * English. Immutable.
 *
 * @param advice what it means and what helps
 */
record ProblemText(Bilingual title, Bilingual advice) {
  private static final String REGISTRY = "/dev/weir/schemas/registry/problems.json";
  private static final Map<String, ProblemText> LIST = load();

  /**
   * @param urn the problem's type
   * @return empty for a problem that is not ours
   */
  static Optional<ProblemText> of(String urn) {
    return Optional.ofNullable(LIST.get(urn));
  }

  private static Map<String, ProblemText> load() {
    var list = new TreeMap<String, ProblemText>();
    try (var in = ProblemText.class.getResourceAsStream(REGISTRY)) {
      for (JsonNode problem : Json.mapper().readTree(in).path("problems")) {
        list.put(
            problem.path("type").asText(),
            new ProblemText(both(problem, "title"), both(problem, "meaning")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(list);
  }

  private static Bilingual both(JsonNode problem, String member) {
    return new Bilingual(problem.path(member + "Zh").asText(), problem.path(member).asText());
  }
}
