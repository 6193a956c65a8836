package dev.weir.intake.reader;

import dev.weir.kernel.data.Column;
import dev.weir.kernel.data.ColumnType;

/**
 * A column as the child decodes it.
 *
 * @param name normalised as by {@link Headers#normalise}
 * @param scale digits after the point for DECIMAL, otherwise 0
 */
public record ColumnSpec(String name, ColumnType type, int scale) {
  public static ColumnSpec of(Column column) {
    return new ColumnSpec(column.name(), column.type(), column.scale());
  }
}
