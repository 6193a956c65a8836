package dev.weir.acceptance.attack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shared corpora of bytes and texts that have broken other programs. */
final class Hostile {
  private static final Path DATA = Path.of(System.getProperty("weir.data", "none"));

  private Hostile() {}

  /** Bodies that are not the JSON they seem to be, and some that are. */
  static List<byte[]> bodies() {
    Path directory = DATA.resolve("hostile-json");
    assumeTrue(Files.exists(directory), "shared data is absent: set weir.data");
    try (Stream<Path> files = Files.list(directory)) {
      var bodies = new ArrayList<byte[]>();
      bodies.add(new byte[] {0, 0, 0, '{', 0, 0x11, 0, 0}); // looks like UTF-32, and is none
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        bodies.add(Files.readAllBytes(file));
      }
      return bodies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts() {
    Path file = DATA.resolve("hostile-strings/blns_even.json");
    assumeTrue(Files.exists(file), "shared data is absent: set weir.data");
    try {
      return List.of(Json.mapper().readValue(file.toFile(), String[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body with one text after another replaced. */
  static List<JsonNode> replaced(JsonNode body, String text) {
    var all = new ArrayList<JsonNode>();
    int texts = texts(body);
    for (int i = 0; i < texts; i++) {
      var copy = body.deepCopy();
      replace(copy, new int[] {i}, text);
      all.add(copy);
    }
    return all;
  }

  private static int texts(JsonNode node) {
    int own = node.isTextual() ? 1 : 0;
    for (JsonNode child : node) {
      own += texts(child);
    }
    return own;
  }

  /** Counts down to the text to replace. */
  private static void replace(JsonNode node, int[] left, String text) {
    if (node instanceof ObjectNode object) {
      for (var field : object.properties()) {
        if (field.getValue().isTextual()) {
          if (left[0]-- == 0) {
            field.setValue(TextNode.valueOf(text));
          }
        } else {
          replace(field.getValue(), left, text);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          if (left[0]-- == 0) {
            array.set(i, TextNode.valueOf(text));
          }
        } else {
          replace(array.get(i), left, text);
        }
      }
    }
  }
}
