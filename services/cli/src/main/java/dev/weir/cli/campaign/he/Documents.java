package dev.weir.cli.campaign.he;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Ways of breaking a JSON document where its structure is: one value becomes another thing. */
final class Documents {
  /** Stands for a raw text until the document is written; in no base64 and no name. */
  private static final String MARK = "@odd@";

  private static final List<String> ODD =
      List.of(
          "null",
          "",
          "[]",
          "{}",
          "\"\"",
          "true",
          "0",
          "-1",
          "1.5",
          "1e999999999",
          "9007199254740993",
          "-9223372036854775808",
          "9223372036854775808",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"+1000000000-12-31T23:59:59.999999999Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"====\"",
          "\"" + "A".repeat(5_000) + "\"",
          "9".repeat(5_000),
          "[".repeat(1_000),
          "{\"a\":".repeat(1_000),
          "[" + "0,".repeat(5_000) + "0]");

  private Documents() {}

  /** The document with one value of it replaced, dropped, doubled or joined by a stranger. */
  static byte[] mutated(byte[] json, RandomGenerator random) {
    try {
      var root = Json.mapper().readTree(json);
      var raw = new StringBuilder(ODD.get(random.nextInt(ODD.size())));
      var places = new ArrayList<Runnable>();
      collect(root, raw, random, places);
      int chosen = random.nextInt(places.size() + 1);
      if (chosen == places.size()) {
        return raw.toString().getBytes(StandardCharsets.UTF_8);
      }
      places.get(chosen).run();
      return Json.mapper()
          .writeValueAsString(root)
          .replace('"' + MARK + '"', raw)
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // good examples are documents
    }
  }

  private static void collect(
      JsonNode node, StringBuilder raw, RandomGenerator random, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      places.add(() -> object.put("stranger", MARK));
      object
          .properties()
          .forEach(one -> {
            places.add(() -> change(object, one.getKey(), raw, random));
            collect(one.getValue(), raw, random, places);
          });
    } else if (node instanceof ArrayNode array) {
      places.add(() -> array.add(MARK));
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(() -> change(array, at, random));
        collect(array.get(i), raw, random, places);
      }
    }
  }

  private static void change(
      ObjectNode object, String name, StringBuilder raw, RandomGenerator random) {
    Consumer<String> mark = marked -> object.put(name, marked);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> {
        raw.insert(0, object.get(name) + ",\"" + name + "\":");
        mark.accept(MARK);
      }
      default -> mark.accept(MARK);
    }
  }

  private static void change(ArrayNode array, int at, RandomGenerator random) {
    switch (random.nextInt(6)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(at));
      default -> array.set(at, MARK);
    }
  }
}
