package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.intake.synthetic.SyntheticPersons;
import dev.weir.kernel.Bilingual;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clinics measure: for each record the bucket of a histogram. Immutable.
 *
 * @param what is counted
 * @param unit one bucket's measure
 * @param buckets how many; bucket 0 stands for 1
 * @param records the bucket of each record
 */
record Stays(
    Bilingual what, Bilingual unit, int buckets, List<Integer> records, boolean synthetic) {
  /** Names the directory of real data where there is one. */
  static final String DATA = "weir.data";

  private static final Path ENCOUNTERS =
      Path.of("health-diabetes130", "diabetic_data_00001_15000.csv");
  private static final int RECORDS = 2_000;
  private static final int PERSONS = 1_000;
  private static final int ROWS_PER_PERSON = 4;
  private static final long SEED = 20260102;

  Stays {
    records = List.copyOf(records);
  }

  /** Real encounters when they are on this machine, synthetic persons otherwise. */
  static Stays obtain(Path directory) throws IOException {
    Optional<Path> encounters =
        Optional.ofNullable(System.getProperty(DATA, System.getenv("WEIR_DATA")))
            .map(data -> Path.of(data).resolve(ENCOUNTERS))
            .filter(Files::isReadable);
    return encounters.isPresent() ? encounters(encounters.get()) : persons(directory);
  }

  private static Stays encounters(Path file) throws IOException {
    return new Stays(
        say("住院天数（公开的糖尿病住院记录）", "days in hospital (public records of diabetes encounters)"),
        say("天", "days"),
        14,
        column(file, "time_in_hospital"),
        false);
  }

  private static Stays persons(Path directory) throws IOException {
    Path file = directory.resolve("visits.csv");
    new SyntheticPersons(PERSONS, ROWS_PER_PERSON, SEED).writeTo(file, StandardCharsets.UTF_8);
    return new Stays(
        say("当日使用次数（合成数据）", "uses a day (synthetic data)"),
        say("次", "uses"),
        5,
        column(file, "visits"),
        true);
  }

  /** Neither file quotes its fields. */
  private static List<Integer> column(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      var rows = lines.limit(1 + RECORDS).map(line -> line.split(",", -1)).toList();
      int at = List.of(rows.getFirst()).indexOf(name);
      return rows.stream().skip(1).map(row -> Integer.parseInt(row[at]) - 1).toList();
    }
  }

  /** How many records are in each bucket. */
  long[] truth() {
    var counts = new long[buckets];
    records.forEach(bucket -> counts[bucket]++);
    return counts;
  }
}
