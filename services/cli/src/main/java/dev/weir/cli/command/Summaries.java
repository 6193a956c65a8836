package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.client.Signable;
import dev.weir.kernel.Bilingual;
import java.io.PrintStream;

/**
 * Shows what is about to be signed, taken from the very bytes that are signed: every member, line
 * by line, except that long key domains are counted. {@code -o json} shows all of it.
 */
final class Summaries {
  private static final Bilingual TITLE = new Bilingual("待签内容：", "To be signed:");
  private static final String KEY_DOMAIN = "values";
  private static final int SHOWN_KEYS = 5;

  private Summaries() {}

  static void show(Signable document, ClientOptions options, PrintStream out) {
    if (options.whole()) {
      out.println(document.content().toPrettyString());
    } else {
      out.println(TITLE.in(options.language()));
      members(document.content(), "  ", out);
    }
    out.println("sha256: " + document.sha256());
  }

  private static void members(JsonNode of, String indent, PrintStream out) {
    of.properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          String name = indent + member.getKey() + ": ";
          if (isOneLine(value)) {
            out.println(name + text(member.getKey(), value));
          } else {
            out.println(name.stripTrailing());
            items(value, indent + "  ", out);
          }
        });
  }

  private static void items(JsonNode value, String indent, PrintStream out) {
    if (value.isArray()) {
      for (JsonNode item : value) {
        out.println(indent + "-");
        members(item, indent + "  ", out);
      }
    } else {
      members(value, indent, out);
    }
  }

  private static boolean isOneLine(JsonNode value) {
    boolean plain = value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode);
    return value.isValueNode() || isBilingual(value) || plain;
  }

  /** Both languages are signed, so both are shown. */
  private static String text(String name, JsonNode value) {
    if (isBilingual(value)) {
      return value.path("zh").asText() + " / " + value.path("en").asText();
    }
    if (name.equals(KEY_DOMAIN) && value.size() > SHOWN_KEYS) {
      return "[" + value.path(0).asText() + ", … " + value.size() + "]";
    }
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static boolean isBilingual(JsonNode value) {
    return value.size() == 2 && value.hasNonNull("zh") && value.hasNonNull("en");
  }
}
