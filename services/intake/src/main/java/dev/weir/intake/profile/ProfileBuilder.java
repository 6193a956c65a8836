package dev.weir.intake.profile;

import dev.weir.intake.cleaning.KeySet;
import dev.weir.intake.cleaning.RowDigest;
import dev.weir.intake.frame.Row;
import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceColumn;
import dev.weir.intake.reader.SourceFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Gathers the profile of a source, row by row. Heap is bounded. Confined to one thread. */
public final class ProfileBuilder implements AutoCloseable {
  private final List<ColumnProfiler> columns = new ArrayList<>();
  private final TreeMap<String, Long> unreadable = new TreeMap<>();
  private final RowDigest digest = new RowDigest();
  private final KeySet seen;
  private final int[] allColumns;
  private long rows;
  private long duplicates;

  /**
   * @param workDirectory where the set of row digests may grow
   */
  public ProfileBuilder(List<SourceColumn> columns, Path workDirectory) {
    columns.forEach(column -> this.columns.add(new ColumnProfiler(column)));
    allColumns = java.util.stream.IntStream.range(0, columns.size()).toArray();
    seen = new KeySet(workDirectory.resolve("rows"));
  }

  public void add(Row row) {
    rows++;
    if (!row.fault().isEmpty()) {
      unreadable.merge(row.fault(), 1L, Long::sum);
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(row, i);
    }
    digest.of(row, allColumns);
    duplicates += seen.add(digest.high(), digest.low()) ? 0 : 1;
  }

  public SourceProfile build(
      SourceFormat format, String encoding, String delimiter, Reading reading) {
    return new SourceProfile(
        format,
        encoding,
        delimiter,
        reading,
        rows,
        unreadable,
        duplicates,
        columns.stream().map(ColumnProfiler::build).toList());
  }

  @Override
  public void close() {
    seen.close();
  }
}
