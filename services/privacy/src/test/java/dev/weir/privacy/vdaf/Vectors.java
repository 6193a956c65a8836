package dev.weir.privacy.vdaf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where the published vectors are and how they are read. */
final class Vectors {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("weir.data", "absent"), "vdaf-vectors", "vdaf");

  private Vectors() {}

  /** Names of the Prio3 files; empty where the shared data is not. */
  static List<String> names() throws IOException {
    if (!Files.isDirectory(DIRECTORY)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("Prio3"))
          .sorted()
          .toList();
    }
  }

  static JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(DIRECTORY.resolve(name).toFile());
  }

  /** Which Prio3 a file is about, by its name and parameters. */
  static Prio3 prio3(String name, JsonNode file) {
    int shares = file.get("shares").asInt();
    var context = hex(file.get("ctx"));
    String kind = name.substring("Prio3".length(), name.indexOf('_'));
    if (kind.equals("HigherDegree")) {
      int id = 0xFFFFFFFF;
      return new Prio3(
          Scheme.of(new HigherDegreeCircuit(), 1, shares, WireVersion.DRAFT_18, id, context));
    }
    return Prio3.of(WireVersion.DRAFT_18, instance(kind, file), shares, context);
  }

  private static Prio3Instance instance(String kind, JsonNode file) {
    int length = file.path("length").asInt();
    int chunk = file.path("chunk_length").asInt();
    long max = file.path("max_measurement").asLong();
    return switch (kind) {
      case "Count" -> new Prio3Instance.Count();
      case "Sum" -> new Prio3Instance.Sum(max);
      case "SumVec" -> new Prio3Instance.SumVec(length, max, chunk);
      case "SumVecWithMultiproof" ->
          new Prio3Instance.SumVecMultiproof(length, max, chunk, 3, 0xFFFFFFFF);
      case "Histogram" -> new Prio3Instance.Histogram(length, chunk);
      case "MultihotCountVec" ->
          new Prio3Instance.MultihotCountVec(length, file.get("max_weight").asInt(), chunk);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  static Measurement measurement(JsonNode value) {
    if (!value.isArray()) {
      return Measurement.number(value.asLong());
    }
    var values = new long[value.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          value.get(i).isBoolean() ? (value.get(i).asBoolean() ? 1 : 0) : value.get(i).asLong();
    }
    return Measurement.vector(values);
  }

  static byte[] hex(JsonNode text) {
    return HexFormat.of().parseHex(text.asText());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
