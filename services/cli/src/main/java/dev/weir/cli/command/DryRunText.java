package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A dry run for people: the decision, what the answer would cost and how exact it would be. */
final class DryRunText {

  private DryRunText() {}

  static boolean fits(JsonNode query) {
    return query.path("status").asText().equals("DRY_RUN") && query.has("expected");
  }

  static List<String> of(JsonNode query, Language language) {
    boolean zh = language == Language.ZH;
    JsonNode expected = query.path("expected");
    var lines = new ArrayList<String>();
    lines.add(
        (zh ? "裁决：" : "decision: ")
            + query.path("decision").asText()
            + "  "
            + query.path("rule").asText());
    lines.add(
        (zh ? "费用（有免费次数时不收）至多：" : "charge (none while a free call is left), at most: ")
            + String.format(Locale.ROOT, zh ? "%,d 分" : "%,d fen", expected.path("fen").asLong()));
    for (JsonNode cost : expected.path("costs")) {
      lines.add(
          String.format(
              Locale.ROOT,
              zh
                  ? "预算：%,d nano-ρ、%,d pico-δ（血缘 %s）"
                  : "budget: %,d nano-ρ, %,d pico-δ of lineage %s",
              cost.path("nanoRho").asLong(),
              cost.path("picoDelta").asLong(),
              cost.path("lineageId").asText()));
    }
    for (JsonNode column : expected.path("columns")) {
      lines.add("  " + column.path("label").asText() + "  " + error(column, zh));
    }
    return lines;
  }

  private static String error(JsonNode column, boolean zh) {
    String width = column.path("expectedHalfWidth").asText();
    if (width.isEmpty()) {
      return column.path("kind").asText();
    }
    String within = zh ? "95% 区间 ± " : "95 % within ± ";
    return switch (column.path("kind").asText()) {
      case "quantile" -> within + width + (zh ? " 位次" : " ranks");
      case "average" -> within + width + (zh ? "（每组一千条记录时）" : " for a group of 1,000 records");
      default -> within + width;
    };
  }
}
