package dev.weir.intake.reader;

import java.util.List;

/**
 * What the parent asks of the child; the first and only line of its standard input.
 *
 * @param file the one file the child may open
 * @param columns for {@link Mode#ROWS} the columns wanted, in order; empty for a profile
 * @param onlyListed whether further columns of the file are ignored instead of refused
 * @param workDirectory where the child may write, removed by the parent
 * @param engineMemoryMb cap of the Parquet engine's buffers
 */
public record ReadRequest(
    Mode mode,
    String file,
    SourceFormat format,
    Reading reading,
    List<ColumnSpec> columns,
    boolean onlyListed,
    String workDirectory,
    int engineMemoryMb) {
  public ReadRequest {
    columns = List.copyOf(columns);
  }

  /** What to send back. */
  public enum Mode {
    PROFILE,
    ROWS
  }
}
