package dev.weir.intake.profile;

import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The profile of one source, for the provider only. Immutable.
 *
 * @param encoding of a text file as validated; empty for Parquet
 * @param delimiter of a CSV; empty for Parquet
 * @param rows data rows, the unreadable ones included
 * @param unreadableRows by reason: {@code ragged-row}, {@code bad-quote}, {@code blank-row}
 * @param duplicateRows rows that equal an earlier one in every column
 */
public record SourceProfile(
    SourceFormat format,
    String encoding,
    String delimiter,
    Reading reading,
    long rows,
    SortedMap<String, Long> unreadableRows,
    long duplicateRows,
    List<ColumnProfile> columns) {
  public SourceProfile {
    columns = List.copyOf(columns);
    unreadableRows = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(unreadableRows));
  }
}
