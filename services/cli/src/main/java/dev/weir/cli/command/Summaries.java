package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.PrintStream;

/** Shows what is about to be signed, taken from the very bytes that are signed. */
final class Summaries {
  private Summaries() {}

  static void agreement(byte[] bytes, Language language, PrintStream out) throws IOException {
    JsonNode agreement = Json.mapper().readTree(bytes);
    title(language, out);
    fields(
        agreement,
        out,
        "id",
        "name",
        "operator",
        "implementingBody",
        "term",
        "exitRule",
        "feeCeilingFen",
        "ceilingLevel",
        "proposal");
    digest(bytes, out);
  }

  static void terms(byte[] bytes, Language language, PrintStream out) throws IOException {
    JsonNode terms = Json.mapper().readTree(bytes);
    title(language, out);
    fields(
        terms,
        out,
        "id",
        "code",
        "name",
        "round",
        "term",
        "purpose",
        "parties",
        "allotments",
        "price",
        "minGroup");
    for (JsonNode product : terms.path("products")) {
      out.println(
          "  product: " + product.path("tableName").asText() + " " + product.path("kind").asText());
    }
    out.println("  rules: " + terms.path("rules").size());
    digest(bytes, out);
  }

  private static void title(Language language, PrintStream out) {
    out.println(language == Language.ZH ? "即将签署：" : "About to sign:");
  }

  private static void fields(JsonNode document, PrintStream out, String... names) {
    for (String name : names) {
      if (document.hasNonNull(name)) {
        out.println("  " + name + ": " + document.path(name));
      }
    }
  }

  private static void digest(byte[] bytes, PrintStream out) {
    out.println("  sha256: " + Json.sha256Hex(bytes));
  }
}
