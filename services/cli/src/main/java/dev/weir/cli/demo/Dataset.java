package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param contribution of a person; empty when the record is protected
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
    Optional<Map<String, Object>> contribution,
    Decisions decisions) {
  Dataset {
    reading = Map.copyOf(reading);
    cleaning = List.copyOf(cleaning);
  }

  /** Decides each column, given the profile. */
  @FunctionalInterface
  interface Decisions {
    List<Field> fields(JsonNode profile);
  }
}
