package dev.weir.intake.reader;

import dev.weir.kernel.data.ColumnType;

/**
 * A column as found in a file.
 *
 * @param sourceName as the file spells it
 * @param name normalised
 * @param localTime whether it holds times without a zone
 */
public record SourceColumn(
    String sourceName, String name, ColumnType type, int scale, boolean localTime) {
  ColumnSpec spec() {
    return new ColumnSpec(name, type, scale);
  }
}
