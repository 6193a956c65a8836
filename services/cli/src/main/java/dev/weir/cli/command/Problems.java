package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.ApiProblem;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.http.Details;
import java.io.PrintWriter;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells a person why a service said no. */
public final class Problems {
  private static final Set<String> STANDARD =
      Set.of("type", "title", "status", "detail", "instance");

  private static final String RULE = "rule";

  /** Problems of DAP, which every aggregator has: told with the id by which they are known. */
  private static final String DAP = "urn:ietf:params:ppm:dap:";

  private Problems() {}

  /**
   * What it is, what helps, its figures and its correlation id, in one line. A rule of the
   * usage-control engine is told in words, with its id at their end, whatever the detail says of
   * it. Where a service's detail is not in Chinese, the list's own advice stands before it.
   */
  public static String line(ApiProblem problem, Language language) {
    JsonNode body = problem.body();
    var text = ProblemText.of(body.path("type").asText());
    String title =
        text.map(one -> one.title().in(language))
            .orElse(body.path("title").asText("HTTP " + problem.status()));
    String advice = text.map(one -> one.advice().in(language)).orElse("");
    String detail = body.path("detail").asText();
    var rule = RefusalText.ofRule(body.path(RULE).asText()).map(told -> told.in(language));
    String figures =
        body.properties().stream()
            .filter(member -> !STANDARD.contains(member.getKey()))
            .filter(member -> rule.isEmpty() || !member.getKey().equals(RULE))
            .map(member -> member.getKey() + "=" + plain(member.getValue()))
            .collect(Collectors.joining(", "));
    String instance = body.path("instance").asText();
    String type = body.path("type").asText();
    String said =
        type.startsWith(DAP)
            ? RefusalText.of(type).in(language) + detail(type, detail).in(language)
            : title
                + switch (language) {
                  case ZH ->
                      rule.isPresent()
                          ? "：" + rule.get()
                          : isChinese(detail)
                              ? "：" + detail
                              : part("：", advice) + part(" — ", detail);
                  case EN -> part(": ", rule.orElse(detail.isEmpty() ? advice : detail));
                };
    return said
        + (figures.isEmpty() ? "" : " (" + figures + ")")
        + (instance.isEmpty() ? "" : " [" + instance + "]");
  }

  /** What an aggregator says beside a problem's type; in Chinese where there is a translation. */
  static Bilingual detail(String type, String english) {
    String chinese = Details.in(Language.ZH, english);
    return type.startsWith("urn:")
        ? new Bilingual(isChinese(chinese) ? part(" — ", chinese) : "", part(" — ", english))
        : Bilingual.same("");
  }

  private static boolean isChinese(String text) {
    return text.codePoints().anyMatch(Character::isIdeographic);
  }

  private static String part(String mark, String text) {
    return text.isEmpty() ? "" : mark + text;
  }

  private static String plain(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String title(String urn) {
    return ProblemText.of(urn).map(text -> text.title().zh() + " · ").orElse("");
  }

  /** The reasons of a refused query. */
  public static void reasons(JsonNode refusal, Language language, PrintWriter err) {
    String tongue = language == Language.ZH ? "zh" : "en";
    String urn = refusal.path("problem").asText();
    err.println(language == Language.ZH ? title(urn) + urn : urn);
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
