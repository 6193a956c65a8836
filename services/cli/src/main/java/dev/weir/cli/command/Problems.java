package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.kernel.Bilingual.Language;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a person why a service said no. */
public final class Problems {
  private static final Set<String> STANDARD =
      Set.of("type", "title", "status", "detail", "instance");

  private Problems() {}

  /** What it is, what helps, its figures and its correlation id, in one line. */
  public static String line(ApiProblem problem, Language language) {
    JsonNode body = problem.body();
    String detail = body.path("detail").asText();
    String figures =
        body.properties().stream()
            .filter(member -> !STANDARD.contains(member.getKey()))
            .map(member -> member.getKey() + "=" + plain(member.getValue()))
            .collect(Collectors.joining(", "));
    String instance = body.path("instance").asText();
    return title(problem, language)
        + (detail.isEmpty() ? "" : (language == Language.ZH ? "：" : ": ") + detail)
        + (figures.isEmpty() ? "" : " (" + figures + ")")
        + (instance.isEmpty() ? "" : " [" + instance + "]");
  }

  private static String title(ApiProblem problem, Language language) {
    String title = problem.body().path("title").asText("HTTP " + problem.status());
    return language == Language.ZH
        ? ProblemTitles.zh(problem.body().path("type").asText()).orElse(title)
        : title;
  }

  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** The reasons of a refused query. */
  public static void reasons(JsonNode refusal, Language language, PrintWriter err) {
    String tongue = language == Language.ZH ? "zh" : "en";
    String urn = refusal.path("problem").asText();
    err.println(
        language == Language.ZH ? ProblemTitles.zh(urn).map(t -> t + " · ").orElse("") + urn : urn);
    for (JsonNode reason : refusal.path("reasons")) {
      var line = new StringBuilder("  - ").append(reason.path("text").path(tongue).asText());
      line.append(" [").append(reason.path("rule").asText()).append(']');
      for (String field : new String[] {"node", "column", "position"}) {
        if (reason.hasNonNull(field)) {
          line.append(' ').append(field).append('=').append(reason.path(field).asText());
        }
      }
      err.println(line);
      if (reason.hasNonNull("helpfulGrant")) {
        err.println("    → " + reason.path("helpfulGrant").path(tongue).asText());
      }
    }
  }
}
