package dev.weir.intake.synthetic;

import dev.weir.intake.recognise.Surnames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Writes a CSV of synthetic persons, several rows each: key, name, phone, identity number,
 * district, birth date, age, visits, amount. The same parameters give the same bytes. Every row
 * says SYNTHETIC. Immutable.
 *
 * <p>The identity numbers have valid check digits, but area 999999, which GB/T 2260 does not
 * assign; the phone numbers have prefix 100, which is no mobile network: neither can be anybody's.
 */
public final class SyntheticPersons {
  /** The header row. */
  public static final List<String> COLUMNS =
      List.of(
          "person_key",
          "姓名",
          "phone",
          "id_number",
          "district",
          "birth_date",
          "age",
          "visit_date",
          "visits",
          "amount",
          "note");

  /** An area code that is not assigned. */
  public static final String UNASSIGNED_AREA = "999999";

  /** What every row says. */
  public static final String NOTE = "SYNTHETIC 合成数据";

  private static final List<String> DISTRICTS =
      List.of("东城", "西城", "南城", "北城", "新区", "湖滨", "山前", "港口");
  private static final String GIVEN = "安平宁和静明华文志成建国春秋海山林云雨晨思远嘉欣子涵一诺若溪";
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  private final int persons;
  private final int maxRowsPerPerson;
  private final long seed;

  /**
   * @param persons at least 1
   * @param maxRowsPerPerson each person has 1 to so many rows
   * @param seed for reproducible demonstrations; nothing secret depends on it
   */
  public SyntheticPersons(int persons, int maxRowsPerPerson, long seed) {
    if (persons < 1 || maxRowsPerPerson < 1) {
      throw new IllegalArgumentException("at least one person with at least one row");
    }
    this.persons = persons;
    this.maxRowsPerPerson = maxRowsPerPerson;
    this.seed = seed;
  }

  /**
   * Writes the file.
   *
   * @param charset UTF-8 or GB18030
   * @return the number of data rows
   */
  public long writeTo(Path file, Charset charset) {
    try (Writer out = Files.newBufferedWriter(file, charset)) {
      return writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return the number of data rows
   */
  public long writeTo(Writer out) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    out.write(String.join(",", COLUMNS) + "\r\n");
    long rows = 0;
    for (int person = 0; person < persons; person++) {
      String fixed = person(person, random);
      int own = 1 + random.nextInt(maxRowsPerPerson);
      for (int i = 0; i < own; i++) {
        out.write(fixed + visit(random) + "\r\n");
        rows++;
      }
    }
    return rows;
  }

  private static String person(int number, RandomGenerator random) {
    LocalDate birth = TODAY.minusDays(365L * 3 + random.nextInt(365 * 87));
    int age = birth.until(TODAY).getYears();
    return String.join(
            ",",
            "SYN-%08d".formatted(number),
            name(random),
            "100%08d".formatted(random.nextInt(100_000_000)),
            idNumber(birth, random.nextInt(1_000)),
            DISTRICTS.get(random.nextInt(DISTRICTS.size())),
            birth.toString(),
            Integer.toString(age))
        + ",";
  }

  private static String visit(RandomGenerator random) {
    LocalDate day = TODAY.minusDays(1 + random.nextInt(365));
    // Most amounts are small, a few are large: an exponential with mean 120 yuan, cut at 5,000.
    long fen = Math.min(500_000, Math.round(-Math.log(1 - random.nextDouble()) * 12_000));
    return String.join(
        ",",
        day.toString(),
        Integer.toString(1 + random.nextInt(5)),
        "%d.%02d".formatted(fen / 100, fen % 100),
        NOTE);
  }

  private static String name(RandomGenerator random) {
    var name = new StringBuilder();
    name.append(Surnames.SINGLE.charAt(random.nextInt(100)));
    int given = 1 + random.nextInt(2);
    for (int i = 0; i < given; i++) {
      name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
    }
    return name.toString();
  }

  /** A number after GB 11643 with a valid check character and an area that does not exist. */
  static String idNumber(LocalDate birth, int sequence) {
    String body =
        UNASSIGNED_AREA
            + "%04d%02d%02d"
                .formatted(birth.getYear(), birth.getMonthValue(), birth.getDayOfMonth())
            + "%03d".formatted(sequence);
    int sum = 0;
    int weight = 2;
    for (int i = body.length() - 1; i >= 0; i--) {
      sum += (body.charAt(i) - '0') * weight;
      weight = weight * 2 % 11;
    }
    return body + "10X98765432".charAt(sum % 11);
  }
}
