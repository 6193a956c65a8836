package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.kernel.Bilingual.Language;
import java.io.PrintWriter;

/** Tells a person why a service said no. */
public final class Problems {
  private Problems() {}

  public static void print(ApiProblem problem, PrintWriter err) {
    err.println(problem.getMessage());
    String instance = problem.body().path("instance").asText();
    if (!instance.isEmpty()) {
      err.println("  " + instance);
    }
  }

  /** The reasons of a refused query. */
  public static void reasons(JsonNode refusal, Language language, PrintWriter err) {
    String tongue = language == Language.ZH ? "zh" : "en";
    err.println(refusal.path("problem").asText());
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
