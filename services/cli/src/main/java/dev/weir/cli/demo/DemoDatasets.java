package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.demo.Dataset.Decided;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.intake.synthetic.SyntheticPersons;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data of the story: two public files and one that is generated. */
final class DemoDatasets {
  static final int MAX_ROWS_PER_PERSON = 4;
  static final int MIN_DELAY = -120;
  static final int MAX_DELAY = 1440;
  private static final int PERSONS = 30_000;
  private static final int WRITTEN_ROWS_PER_PERSON = 6;
  private static final long PERSONS_SEED = 20260101;

  /** What a join with protected records takes for public. */
  private static final String PLAIN = "PLAINTEXT";

  private static final String GROUP = "PLAINTEXT_AFTER_GROUP_BY";
  private static final String COMPARE = "PLAINTEXT_AFTER_COMPARE";
  private static final String AGGREGATE = "PLAINTEXT_AFTER_AGGREGATE";
  private static final String JOIN = "JOIN_KEY_ONLY";
  private static final String NEVER = "NEVER";

  private final Path cache;
  private final Path directory;

  /**
   * @param cache keeps fetched files from run to run
   * @param directory for what is generated
   */
  DemoDatasets(Path cache, Path directory) {
    this.cache = cache;
    this.directory = directory;
  }

  Dataset airports() {
    Path file = PublicDataset.AIRPORTS.obtain(cache);
    List<String> states = DuckDbTruth.column(file, "state");
    return new Dataset(
        "airports",
        file,
        file,
        say("美国机场名录", "Airports of the United States"),
        say(
            "公开的机场代码、城市与州；航班数据的公开键域。",
            "Public codes, cities and states of airports: the public key domain of the flights."),
        "transport",
        false,
        true,
        Map.of(),
        List.of(Map.of("type", "unique", "column", "iata", "with", List.of(), "action", "reject")),
        profile ->
            Decided.records(
                Field.of("iata", "ORDINARY", 1, "airport code").granted(PLAIN).distinct(),
                Field.of("name", "ORDINARY", 1, "name of the airport, of no person"),
                Field.of("city", "ORDINARY", 1, "city").granted(COMPARE),
                Field.of("state", "ORDINARY", 1, "state").granted(PLAIN).keyed(states),
                Field.of("country", "ORDINARY", 1, "country").granted(COMPARE),
                Field.of("latitude", "ORDINARY", 1, "degrees, of a building"),
                Field.of("longitude", "ORDINARY", 1, "degrees, of a building")));
  }

  /**
   * @param airports whose codes an origin must be among
   */
  Dataset flights(Item airports) {
    Path file = PublicDataset.FLIGHTS.obtain(cache);
    List<String> codes = DuckDbTruth.column(airports.dataset().file(), "iata");
    return new Dataset(
        "flights",
        file,
        file,
        say("美国国内航班（2001年1—6月）", "US domestic flights, January to June 2001"),
        say(
            "三百万条真实公开记录；没有人员键，保护单位是一条记录。",
            "Three million real public records; no person key, so the record is what is protected."),
        "transport",
        false,
        false,
        Map.of("timeZone", "UTC"),
        List.of(
            Map.of(
                "type",
                "range",
                "column",
                "delay",
                "min",
                String.valueOf(MIN_DELAY),
                "max",
                String.valueOf(MAX_DELAY),
                "action",
                "reject"),
            Map.of(
                "type",
                "reference",
                "column",
                "origin",
                "values",
                List.of(),
                "source",
                airports.source(),
                "sourceColumn",
                "iata",
                "action",
                "reject")),
        profile ->
            Decided.records(
                Field.of("date", "ORDINARY", 1, "scheduled departure, kept as its month")
                    .treated(Map.of("type", "truncate", "to", "month"), Optional.of("DATE"))
                    .granted(GROUP, COMPARE)
                    .keyed(
                        List.of(
                            "2001-01-01",
                            "2001-02-01",
                            "2001-03-01",
                            "2001-04-01",
                            "2001-05-01",
                            "2001-06-01",
                            "2001-07-01")),
                Field.of("delay", "ORDINARY", 2, "minutes late; negative is early")
                    .granted(AGGREGATE, COMPARE)
                    .bounded(Field.Bounds.declared(-60, 180)),
                Field.of("distance", "ORDINARY", 1, "miles")
                    .granted(AGGREGATE, COMPARE)
                    .bounded(Field.Bounds.declared(0, 5_000)),
                Field.of("origin", "ORDINARY", 1, "airport code")
                    .granted(GROUP, COMPARE, JOIN)
                    .keyed(codes),
                Field.of("destination", "ORDINARY", 2, "airport code; not offered")
                    .granted(NEVER)));
  }

  Dataset persons() {
    var persons = new SyntheticPersons(PERSONS, WRITTEN_ROWS_PER_PERSON, PERSONS_SEED);
    Path file = directory.resolve("persons.csv");
    Path plain = directory.resolve("persons-utf8.csv");
    persons.writeTo(file, Charset.forName("GB18030"));
    persons.writeTo(plain, StandardCharsets.UTF_8);
    return persons(file, plain, "GB18030");
  }

  /** Synthetic persons in a file of their own. */
  static Dataset persons(Path file, Path plain, String encoding) {
    return new Dataset(
        "persons",
        file,
        plain,
        say("出行服务记录（合成数据）", "Travel service records (synthetic)"),
        say("全部由程序生成，不涉及任何真实个人。", "Generated by a program; nobody real is in it."),
        "transport",
        true,
        false,
        Map.of("encoding", encoding),
        List.of(
            Map.of("type", "range", "column", "age", "min", "0", "max", "120", "action", "reject"),
            Map.of(
                "type",
                "pattern",
                "column",
                "person_key",
                "regex",
                "SYN-[0-9]{8}",
                "action",
                "reject")),
        profile ->
            new Decided(
                personFields(), Optional.of(new PersonKey("person_key", 1, MAX_ROWS_PER_PERSON))));
  }

  private static List<Field> personFields() {
    return List.of(
        Field.of("person_key", "PERSON_KEY", 3, "tells persons apart; pseudonymised")
            .treated(Map.of("type", "pseudonym"), Optional.of("STRING"))
            .granted(JOIN),
        Field.of("姓名", "DIRECT_IDENTIFIER", 3, "name").dropped(),
        Field.of("phone", "DIRECT_IDENTIFIER", 3, "phone number")
            .treated(Map.of("type", "mask", "keepFirst", 3, "keepLast", 0), Optional.of("STRING"))
            .granted(NEVER),
        Field.of("id_number", "DIRECT_IDENTIFIER", 4, "identity number").dropped(),
        Field.of("district", "QUASI_IDENTIFIER", 2, "district of residence")
            .granted(GROUP, COMPARE)
            .keyed(List.of("东城", "西城", "南城", "北城", "新区", "湖滨", "山前", "港口")),
        Field.of("birth_date", "QUASI_IDENTIFIER", 3, "kept as its year")
            .treated(Map.of("type", "truncate", "to", "year"), Optional.of("DATE")),
        Field.of("age", "QUASI_IDENTIFIER", 2, "years")
            .granted(AGGREGATE, COMPARE)
            .bounded(Field.Bounds.declared(0, 100)),
        Field.of("visit_date", "ORDINARY", 2, "shifted by person")
            .treated(
                Map.of("type", "date-shift", "person", "person_key", "maxDays", 30),
                Optional.empty()),
        Field.of("visits", "ORDINARY", 2, "uses that day")
            .granted(AGGREGATE)
            .bounded(Field.Bounds.declared(0, 5)),
        Field.of("amount", "SENSITIVE", 3, "yuan").granted(),
        Field.of("note", "ORDINARY", 1, "says that the record is synthetic"));
  }
}
