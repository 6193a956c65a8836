package dev.weir.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints items in the form the caller asked for. Confined to one command. */
public final class Output {
  /** JSON shows all of a list. */
  private static final TextTree TREE = new TextTree(20);

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
      case TABLE -> TREE.print(item, "", out);
      case JSON -> out.println(item.toPrettyString());
      case JSONL -> out.println(line(item));
      case CSV -> items(List.of(item));
    }
  }

  public void items(List<JsonNode> items) {
    switch (format) {
      case TABLE -> new TextTable(columns(items), rows(items, TREE::text)).print(out);
      case JSON -> out.println(Json.mapper().createArrayNode().addAll(items).toPrettyString());
      case JSONL -> items.forEach(item -> out.println(line(item)));
      case CSV -> csv(items);
    }
  }

  private void csv(List<JsonNode> items) {
    out.println(columns(items).stream().map(Output::csvCell).collect(Collectors.joining(",")));
    for (List<String> row : rows(items, Output::csvText)) {
      out.println(row.stream().map(Output::csvCell).collect(Collectors.joining(",")));
    }
  }

  private static List<String> columns(List<JsonNode> items) {
    var names = new LinkedHashSet<String>();
    items.forEach(item -> item.fieldNames().forEachRemaining(names::add));
    return List.copyOf(names);
  }

  private static List<List<String>> rows(List<JsonNode> items, Function<JsonNode, String> cell) {
    var columns = columns(items);
    return items.stream()
        .map(item -> columns.stream().map(name -> cell.apply(item.path(name))).toList())
        .toList();
  }

  /** A program reads it: what is nested stays JSON. */
  private static String csvText(JsonNode value) {
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
