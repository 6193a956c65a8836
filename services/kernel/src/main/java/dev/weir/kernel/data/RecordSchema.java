package dev.weir.kernel.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The columns of a resource in order, 1 to 500 of them, names distinct whatever their case.
 * Immutable.
 */
public record RecordSchema(List<Column> columns) {
  public static final int MAX_COLUMNS = 500;

  public RecordSchema {
    columns = List.copyOf(columns);
    var names = new HashSet<String>();
    for (Column column : columns) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new ProblemException(
            ProblemType.VALIDATION_FAILED, "Column names must be distinct, whatever their case.");
      }
    }
    if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "A schema has 1 to 500 columns.");
    }
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The highest level of any column: mixed data take the highest (GB/T 43697-2024). */
  @JsonIgnore
  public int level() {
    return columns.stream().mapToInt(Column::level).max().orElse(Column.MAX_LEVEL);
  }

  /** The strictest class of any column. */
  @JsonIgnore
  public LegalClass legalClass() {
    return columns.stream()
        .map(Column::legalClass)
        .max(LegalClass::compareTo)
        .orElse(LegalClass.CORE);
  }
}
