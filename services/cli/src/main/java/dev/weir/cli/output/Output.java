package dev.weir.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Prints items in the form the caller asked for. Confined to one command. */
public final class Output {
  private final Format format;
  private final PrintStream out;

  public Output(Format format, PrintStream out) {
    this.format = format;
    this.out = out;
  }

  /** The forms results can take. */
  public enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV
  }

  public void one(JsonNode item) {
    switch (format) {
      case TABLE ->
          item.properties()
              .forEach(field -> out.println(field.getKey() + ": " + text(field.getValue())));
      case JSON -> out.println(item.toPrettyString());
      case JSONL -> out.println(line(item));
      case CSV -> items(List.of(item));
    }
  }

  public void items(List<JsonNode> items) {
    switch (format) {
      case TABLE -> new TextTable(columns(items), rows(items)).print(out);
      case JSON -> out.println(Json.mapper().createArrayNode().addAll(items).toPrettyString());
      case JSONL -> items.forEach(item -> out.println(line(item)));
      case CSV -> csv(items);
    }
  }

  private void csv(List<JsonNode> items) {
    out.println(columns(items).stream().map(Output::csvCell).collect(Collectors.joining(",")));
    for (List<String> row : rows(items)) {
      out.println(row.stream().map(Output::csvCell).collect(Collectors.joining(",")));
    }
  }

  private static List<String> columns(List<JsonNode> items) {
    var names = new LinkedHashSet<String>();
    items.forEach(item -> item.fieldNames().forEachRemaining(names::add));
    return List.copyOf(names);
  }

  private static List<List<String>> rows(List<JsonNode> items) {
    var columns = columns(items);
    return items.stream()
        .map(item -> columns.stream().map(name -> text(item.path(name))).toList())
        .toList();
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isValueNode() ? value.asText() : line(value);
  }

  private static String line(JsonNode value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Quotes a cell, and guards one that a spreadsheet would run as a formula. */
  static String csvCell(String value) {
    boolean formula = !value.isEmpty() && "=+@\t\r".indexOf(value.charAt(0)) >= 0;
    boolean minus = value.startsWith("-") && !value.matches("-[0-9.]+([eE][-+]?[0-9]+)?");
    String guarded = formula || minus ? "'" + value : value;
    boolean quote = guarded.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + guarded.replace("\"", "\"\"") + '"' : guarded;
  }
}
