package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.demo.Dataset.Decided;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.cli.template.ProposedBounds;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The user's own file. The demo confirms what the recognisers propose; what only its department can
 * know comes from that {@link Department}. Confined to the demo's thread.
 */
final class OwnDataset implements Dataset.Decisions {
  static final String TABLE = "own";
  private static final int MAX_KEYS = 200;
  private static final int DEFAULT_LEVEL = 2;

  private final Path file;
  private final Department department;

  OwnDataset(Path file, Department department) {
    this.file = file.toAbsolutePath();
    this.department = department;
  }

  Dataset dataset() {
    return new Dataset(
        TABLE,
        file,
        file,
        say("用户自己的数据", "The user's own data"),
        say("由演示者提供的文件 " + file.getFileName(), "A file given to the demo: " + file.getFileName()),
        "own",
        false,
        false,
        Map.of(),
        List.of(),
        this);
  }

  /** A zone is declared, or the file is refused: guessing would move every time in it. */
  @Override
  public Map<String, String> furtherReading(JsonNode profile) {
    if (profile.path("rows").asLong() == 0) {
      throw new CommandFault(ExitCode.USAGE, "文件没有数据行：" + file, "the file has no rows: " + file);
    }
    var local = new ArrayList<String>();
    for (JsonNode column : profile.path("columns")) {
      if (column.path("localTime").asBoolean()) {
        local.add(column.path("name").asText());
      }
    }
    if (local.isEmpty()) {
      return Map.of();
    }
    ZoneId zone =
        department
            .zone(local)
            .orElseThrow(() ->
                new CommandFault(
                    ExitCode.USAGE,
                    "列 " + local + " 的时间不带时区：请用 --zone 或 --declare 中的 timeZone 声明，从不猜测",
                    "times in "
                        + local
                        + " carry no zone: declare it with --zone, or timeZone in --declare; it is"
                        + " never guessed"));
    return Map.of("timeZone", zone.getId());
  }

  @Override
  public Decided decide(JsonNode profile) {
    var names = new ArrayList<String>();
    profile.path("columns").forEach(column -> names.add(column.path("name").asText()));
    Optional<PersonKey> person = department.personKey(proposedKey(profile), names);
    var fields = new ArrayList<Field>();
    for (JsonNode column : profile.path("columns")) {
      boolean key =
          person.map(PersonKey::column).filter(column.path("name").asText()::equals).isPresent();
      fields.add(key ? personKey(column) : field(column));
    }
    close(fields);
    return new Decided(fields, person);
  }

  /** A column recognised as a key of persons, else one that holds their ID numbers. */
  private static Optional<String> proposedKey(JsonNode profile) {
    Predicate<JsonNode> key = column -> role(column).equals("PERSON_KEY");
    Predicate<JsonNode> idNumber =
        column -> column.path("proposal").path("recogniser").asText().equals("id-number");
    return Stream.of(key, idNumber)
        .flatMap(wanted ->
            StreamSupport.stream(profile.path("columns").spliterator(), false).filter(wanted))
        .map(column -> column.path("name").asText())
        .findFirst();
  }

  /** One column is closed for good, so that a question for it can be refused. */
  private static void close(List<Field> fields) {
    boolean open = fields.stream().anyMatch(Field::offered);
    if (!open || fields.size() > 1) {
      int last = lastSpare(fields);
      fields.set(last, closed(fields.get(last)));
    }
  }

  /** A column that no question needs, else the last that does not tell persons apart. */
  private static int lastSpare(List<Field> fields) {
    int last = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).role().equals("PERSON_KEY")) {
        last = i;
      }
    }
    for (int i = last; i >= 0; i--) {
      Field field = fields.get(i);
      boolean needed = field.bounds().isPresent() || field.keys().isPresent();
      if (!needed && !field.role().equals("PERSON_KEY")) {
        return i;
      }
    }
    return last;
  }

  private static Field closed(Field field) {
    var bare = Field.of(field.name(), field.role(), field.level(), field.description());
    return (field.offered()
            ? bare.treated(field.treatment(), field.treatedType())
            : bare.treated(
                Map.of("type", "mask", "keepFirst", 0, "keepLast", 0), Optional.of("STRING")))
        .granted("NEVER");
  }

  private static String role(JsonNode column) {
    return column.path("proposal").path("role").asText("ORDINARY");
  }

  private static Field personKey(JsonNode column) {
    int level = column.path("proposal").path("level").asInt(DEFAULT_LEVEL);
    return Field.of(column.path("name").asText(), "PERSON_KEY", level, "tells persons apart")
        .treated(Map.of("type", "pseudonym"), Optional.of("STRING"))
        .granted("JOIN_KEY_ONLY");
  }

  private Field field(JsonNode column) {
    String proposed = role(column);
    boolean names = proposed.equals("PERSON_KEY") || proposed.equals("DIRECT_IDENTIFIER");
    Field field =
        Field.of(
            column.path("name").asText(),
            names ? "DIRECT_IDENTIFIER" : proposed,
            column.path("proposal").path("level").asInt(DEFAULT_LEVEL),
            "");
    if (names) {
      return field.dropped();
    }
    return switch (column.path("type").asText()) {
      case "INTEGER", "DECIMAL", "DOUBLE" -> measure(field, column);
      case "STRING", "BOOLEAN" -> key(field, column);
      default -> field;
    };
  }

  private Field measure(Field field, JsonNode column) {
    if (!column.hasNonNull("min") || !column.hasNonNull("max")) {
      return field;
    }
    var least = new BigDecimal(column.path("min").asText());
    var most = new BigDecimal(column.path("max").asText());
    boolean whole = column.path("type").asText().equals("INTEGER");
    return field
        .granted("PLAINTEXT_AFTER_AGGREGATE", "PLAINTEXT_AFTER_COMPARE")
        .bounded(department.bounds(field.name(), outwards(least, most, whole)));
  }

  /** The profile's bounds, rounded outwards. */
  static Field.Bounds outwards(BigDecimal least, BigDecimal most, boolean whole) {
    var bounds = ProposedBounds.outwards(least, most, whole);
    return new Field.Bounds(bounds.lower(), bounds.upper(), bounds.granule(), true);
  }

  private Field key(Field field, JsonNode column) {
    boolean few = column.path("distinct").asLong() <= MAX_KEYS;
    var keys = few ? department.keys(field.name()) : List.<String>of();
    return few
        ? field.granted("PLAINTEXT_AFTER_GROUP_BY", "PLAINTEXT_AFTER_COMPARE").keyed(keys)
        : field;
  }
}
