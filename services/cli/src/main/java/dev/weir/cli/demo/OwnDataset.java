package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's own file. The demo acts as the department: it confirms what the recognisers propose,
 * takes bounds and key domains from the declarations, and where there are none rounds the profile's
 * bounds outwards and says that they depend on the data.
 */
final class OwnDataset {
  static final String TABLE = "own";
  private static final int MAX_KEYS = 200;
  private static final int SIGNIFICANT_DIGITS = 2;
  private static final int GRANULES = 10_000;
  private static final int DEFAULT_LEVEL = 2;

  private final Stage stage;
  private final Path file;
  private final JsonNode declared;

  OwnDataset(Stage stage, Path file) throws IOException {
    this.stage = stage;
    this.file = file.toAbsolutePath();
    var declarations = stage.options().declarations();
    this.declared =
        declarations.isPresent()
            ? Json.mapper().readTree(Files.readAllBytes(declarations.get()))
            : Json.mapper().createObjectNode();
  }

  Dataset dataset() throws IOException {
    var reading = new LinkedHashMap<String, String>();
    reading.put("timeZone", declared.path("timeZone").asText("Asia/Shanghai"));
    return new Dataset(
        TABLE,
        file,
        plain(),
        say("用户自己的数据", "The user's own data"),
        say("由演示者提供的文件 " + file.getFileName(), "A file given to the demo: " + file.getFileName()),
        "own",
        false,
        false,
        reading,
        List.of(),
        Optional.empty(),
        this::fields);
  }

  /** Plain DuckDB reads UTF-8 only. */
  private Path plain() throws IOException {
    if (file.toString().endsWith(".parquet")) {
      return file;
    }
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    if (!text.contains("\uFFFD")) {
      return file;
    }
    Path copy = stage.directory("data").resolve("own-utf8.csv");
    Files.writeString(copy, new String(bytes, Charset.forName("GB18030")));
    return copy;
  }

  private List<Field> fields(JsonNode profile) {
    var fields = new ArrayList<Field>();
    for (JsonNode column : profile.path("columns")) {
      fields.add(field(column));
    }
    if (fields.stream().noneMatch(field -> field.grants().contains("NEVER"))) {
      int last = lastSpare(fields);
      fields.set(last, closed(fields.get(last)));
    }
    return fields;
  }

  /** A column to be closed for good: one that no question needs, else the last. */
  private static int lastSpare(List<Field> fields) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).bounds().isEmpty() && fields.get(i).keys().isEmpty()) {
        return i;
      }
    }
    return fields.size() - 1;
  }

  private static Field closed(Field field) {
    return Field.of(field.name(), field.role(), field.level(), field.description())
        .treated(
            field.treatment().get("type") instanceof String type && type.equals("drop")
                ? Map.of("type", "mask", "keepFirst", 0, "keepLast", 0)
                : field.treatment(),
            field.treatment().get("type") instanceof String type && type.equals("drop")
                ? Optional.of("STRING")
                : field.treatedType())
        .granted("NEVER");
  }

  private Field field(JsonNode column) {
    String name = column.path("name").asText();
    JsonNode proposal = column.path("proposal");
    String proposed = proposal.path("role").asText("ORDINARY");
    boolean names = proposed.equals("PERSON_KEY") || proposed.equals("DIRECT_IDENTIFIER");
    Field field =
        Field.of(
            name,
            names ? "DIRECT_IDENTIFIER" : proposed.isEmpty() ? "ORDINARY" : proposed,
            proposal.path("level").asInt(DEFAULT_LEVEL),
            "");
    if (names || column.path("localTime").asBoolean()) {
      return names ? field.dropped() : field;
    }
    return switch (column.path("type").asText()) {
      case "INTEGER", "DECIMAL", "DOUBLE" -> measure(field, column);
      case "STRING", "BOOLEAN" -> key(field, column);
      default -> field;
    };
  }

  private Field measure(Field field, JsonNode column) {
    JsonNode own = declared.path("columns").path(field.name());
    if (own.has("lower")) {
      return field
          .granted("PLAINTEXT_AFTER_AGGREGATE", "PLAINTEXT_AFTER_COMPARE")
          .bounded(
              new Field.Bounds(
                  own.path("lower").decimalValue(),
                  own.path("upper").decimalValue(),
                  own.has("granule") ? own.path("granule").decimalValue() : BigDecimal.ONE,
                  false));
    }
    if (!column.hasNonNull("min") || !column.hasNonNull("max")) {
      return field;
    }
    var least = new BigDecimal(column.path("min").asText());
    var most = new BigDecimal(column.path("max").asText());
    return least.compareTo(most) == 0
        ? field
        : field
            .granted("PLAINTEXT_AFTER_AGGREGATE", "PLAINTEXT_AFTER_COMPARE")
            .bounded(outwards(least, most, column.path("type").asText().equals("INTEGER")));
  }

  /** Two significant digits of the larger end, away from the data on both sides. */
  static Field.Bounds outwards(BigDecimal least, BigDecimal most, boolean whole) {
    BigDecimal range = least.abs().max(most.abs());
    int digits = range.precision() - range.scale();
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(digits - SIGNIFICANT_DIGITS);
    if (whole && unit.compareTo(BigDecimal.ONE) < 0) {
      unit = BigDecimal.ONE;
    }
    BigDecimal lower = least.divide(unit, 0, RoundingMode.FLOOR).multiply(unit);
    BigDecimal upper = most.divide(unit, 0, RoundingMode.CEILING).multiply(unit);
    BigDecimal granule =
        unit.divide(BigDecimal.valueOf(GRANULES / 100), unit.scale() + 4, RoundingMode.HALF_EVEN);
    if (whole && granule.compareTo(BigDecimal.ONE) < 0) {
      granule = BigDecimal.ONE;
    }
    return new Field.Bounds(plain(lower), plain(upper), plain(granule), true);
  }

  private static BigDecimal plain(BigDecimal value) {
    return new BigDecimal(value.stripTrailingZeros().toPlainString());
  }

  private Field key(Field field, JsonNode column) {
    JsonNode keys = declared.path("columns").path(field.name()).path("keys");
    var values = new ArrayList<String>();
    keys.forEach(value -> values.add(value.asText()));
    boolean few = column.path("distinct").asLong() <= MAX_KEYS;
    return few || !values.isEmpty()
        ? field.granted("PLAINTEXT_AFTER_GROUP_BY", "PLAINTEXT_AFTER_COMPARE").keyed(values)
        : field;
  }
}
