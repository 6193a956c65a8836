package dev.weir.intake.reader;

import java.util.List;

/** A foreign file that can be typed and read. Confined to one thread. */
interface SourceFile extends AutoCloseable {

  /** Name of the text encoding; empty where the format has none. */
  String encoding();

  /** Field delimiter; empty where the format has none. */
  String delimiter();

  /** Finds the columns and their types. */
  List<SourceColumn> infer();

  /**
   * Opens the rows with the wanted columns.
   *
   * @param onlyListed whether further columns of the file are ignored instead of refused
   */
  RowSource rows(List<ColumnSpec> wanted, boolean onlyListed, ZoneClock zone);

  @Override
  void close();
}
