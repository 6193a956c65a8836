package dev.weir.intake.reader;

import dev.weir.intake.frame.Row;
import java.util.List;

/** Rows of an opened file in a fixed order. Confined to one thread. */
interface RowSource extends AutoCloseable {

  /** The columns of the rows, in order. */
  List<SourceColumn> columns();

  /**
   * Reads the next row.
   *
   * @return false when there is none
   * @throws dev.weir.intake.frame.ReadFaultException when the file cannot be read any further
   */
  boolean next(Row row);

  @Override
  void close();
}
