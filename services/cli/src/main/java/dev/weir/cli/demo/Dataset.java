package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.demo.Department.PersonKey;
import dev.weir.kernel.Bilingual;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that the department publishes and all that a person decides about it.
 *
 * @param table the product's name in SQL
 * @param plainFile the same content in a form plain DuckDB reads, for the truth
 * @param reading what is declared about the file, such as {@code timeZone}
 * @param cleaning rules after the intake contract
 * @param decisions made once the profile is known
 */
record Dataset(
    String table,
    Path file,
    Path plainFile,
    Bilingual title,
    Bilingual description,
    String topic,
    boolean synthetic,
    boolean exact,
    Map<String, String> reading,
    List<Map<String, Object>> cleaning,
    Decisions decisions) {
  Dataset {
    reading = Map.copyOf(reading);
    cleaning = List.copyOf(cleaning);
  }

  /** What a person decides, given the profile. */
  @FunctionalInterface
  interface Decisions {
    Decided decide(JsonNode profile);

    /** What has to be declared of the file besides, now that a first profile is there. */
    default Map<String, String> furtherReading(JsonNode profile) {
      return Map.of();
    }
  }

  /**
   * @param fields in the order of the file
   * @param personKey tells persons apart; empty when the record is protected
   */
  record Decided(List<Field> fields, Optional<PersonKey> personKey) {
    Decided {
      fields = List.copyOf(fields);
    }

    static Decided records(Field... fields) {
      return new Decided(List.of(fields), Optional.empty());
    }
  }
}
