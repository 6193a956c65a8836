package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.kernel.Bilingual.Language;
import dev.weir.runtime.json.Json;
import java.util.List;

/** Picks the fields of an item that a table has room for. */
final class Fields {
  private Fields() {}

  /**
   * @param paths such as {@code terms.title}; a bilingual text is shown in one language
   */
  static List<JsonNode> of(List<JsonNode> items, Language language, String... paths) {
    return items.stream().<JsonNode>map(item -> picked(item, language, paths)).toList();
  }

  private static ObjectNode picked(JsonNode item, Language language, String... paths) {
    ObjectNode row = Json.mapper().createObjectNode();
    for (String path : paths) {
      JsonNode value = item.at("/" + path.replace('.', '/'));
      String tongue = language == Language.ZH ? "zh" : "en";
      row.set(
          path.substring(path.lastIndexOf('.') + 1),
          value.isObject() && value.has(tongue) ? value.path(tongue) : value);
    }
    return row;
  }
}
