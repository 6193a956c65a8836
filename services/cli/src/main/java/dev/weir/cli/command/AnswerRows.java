package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Lays an answer out in rows: each value with its 95 % interval beside it. */
public final class AnswerRows {
  private static final int SHOWN_DIGITS = 3;

  private AnswerRows() {}

  public static List<JsonNode> of(JsonNode answer) {
    var rows = new ArrayList<JsonNode>();
    for (JsonNode row : answer.path("rows")) {
      ObjectNode item = Json.mapper().createObjectNode();
      for (int column = 0; column < row.size(); column++) {
        String label = answer.path("columns").path(column).path("label").asText();
        cell(item, label, row.path(column));
      }
      rows.add(item);
    }
    return rows;
  }

  /** Cost, unit and what limits the answer, in one line. */
  static String footer(JsonNode query, Language language) {
    var answer = query.path("answer");
    var charged = query.path("charged");
    String unit = answer.path("protectedUnit").asText("");
    String notes =
        (answer.path("synthetic").asBoolean()
                ? (language == Language.ZH ? " · 合成数据" : " · synthetic data")
                : "")
            + (answer.path("boundsDependOnData").asBoolean()
                ? (language == Language.ZH ? " · 界限取自数据" : " · bounds depend on the data")
                : "")
            + (answer.path("groupsWithheld").asBoolean()
                ? (language == Language.ZH
                    ? " · 过小的组未显示"
                    : " · groups below the minimum are left out")
                : "");
    return "ρ=%s · %s %s%s%s"
        .formatted(
            new BigDecimal(charged.path("nanoRho").asLong())
                .movePointLeft(9)
                .stripTrailingZeros()
                .toPlainString(),
            language == Language.ZH ? "费用（分）" : "fen",
            charged.path("fen").asText(),
            unit.isEmpty()
                ? ""
                : (language == Language.ZH ? " · 保护单位 " : " · protected unit: ") + unit,
            notes);
  }

  private static void cell(ObjectNode item, String label, JsonNode cell) {
    if (cell.path("suppressed").asBoolean()) {
      item.put(label, "*");
    } else if (cell.has("text")) {
      item.put(label, cell.path("text").asText());
    } else if (cell.has("number")) {
      item.put(label, shown(cell.path("number")));
      if (cell.has("interval")) {
        item.put(
            label + " 95%",
            "["
                + shown(cell.path("interval").path("lower"))
                + ", "
                + shown(cell.path("interval").path("upper"))
                + "]");
      } else if (cell.has("rankHalfWidth")) {
        item.put(label + " ±rank", shown(cell.path("rankHalfWidth")));
      }
    } else {
      item.putNull(label);
    }
  }

  private static String shown(JsonNode number) {
    var value = number.decimalValue();
    return (value.scale() > SHOWN_DIGITS
            ? value.setScale(SHOWN_DIGITS, RoundingMode.HALF_EVEN)
            : value)
        .toPlainString();
  }
}
