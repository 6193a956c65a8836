package dev.weir.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Nested values for a person: one member a line, what is inside it further in. A text in two
 * languages shows both; a long list of plain values shows its beginning and how many there are.
 * Immutable.
 *
 * @param shownValues of a list of plain values
 */
public record TextTree(int shownValues) {
  private static final String STEP = "  ";

  /** Digits before or behind the point up to which a number is written without an exponent. */
  private static final int PLAIN = 20;

  /** Prints the members of an object. */
  public void print(JsonNode object, String indent, PrintStream out) {
    for (var member : object.properties()) {
      JsonNode value = member.getValue();
      String name = indent + member.getKey() + ":";
      if (isOneLine(value)) {
        out.println((name + " " + text(value)).stripTrailing());
      } else {
        out.println(name);
        inside(value, indent + STEP, out);
      }
    }
  }

  private void inside(JsonNode value, String indent, PrintStream out) {
    if (!value.isArray()) {
      print(value, indent, out);
      return;
    }
    for (JsonNode item : value) {
      if (isOneLine(item)) {
        out.println(indent + "- " + text(item));
      } else {
        out.println(indent + "-");
        inside(item, indent + STEP, out);
      }
    }
  }

  private static boolean isOneLine(JsonNode value) {
    return value.isValueNode() || value.isEmpty() || isBilingual(value) || isPlainList(value);
  }

  private static boolean isPlainList(JsonNode value) {
    return value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode);
  }

  private static boolean isBilingual(JsonNode value) {
    return value.isObject()
        && value.size() == 2
        && value.hasNonNull("zh")
        && value.hasNonNull("en");
  }

  /** A value in one line, for a cell or after its name. */
  String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isBigDecimal() && Math.abs(value.decimalValue().scale()) < PLAIN) {
      return value.decimalValue().toPlainString(); // 20, and not 2E+1
    }
    if (value.isValueNode()) {
      return value.asText();
    }
    if (value.isEmpty()) {
      return value.isArray() ? "[]" : "{}";
    }
    if (isBilingual(value)) {
      return value.path("zh").asText() + " / " + value.path("en").asText();
    }
    if (value.isArray()) {
      String shown =
          StreamSupport.stream(value.spliterator(), false)
              .limit(shownValues)
              .map(this::text)
              .collect(Collectors.joining(", "));
      return value.size() > shownValues ? shown + ", … " + value.size() : shown;
    }
    return value.properties().stream()
        .map(member -> member.getKey() + "=" + text(member.getValue()))
        .collect(Collectors.joining(" "));
  }
}
