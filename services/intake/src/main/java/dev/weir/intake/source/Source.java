package dev.weir.intake.source;

import dev.weir.intake.reader.Reading;
import dev.weir.intake.reader.SourceColumn;
import dev.weir.intake.reader.SourceFormat;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An uploaded file. Immutable.
 *
 * @param name as the provider named it, for display only
 * @param sha256 lower-case hex of the file's bytes
 * @param reading what the provider declared at the last profiling
 * @param columns as inferred, once profiled
 * @param rows data rows, once profiled
 * @param fault why the file cannot be read, once that is known
 */
public record Source(
    SourceId id,
    CreditCode provider,
    String subject,
    String name,
    long bytes,
    String sha256,
    SourceFormat format,
    Status status,
    Reading reading,
    List<SourceColumn> columns,
    Optional<Long> rows,
    Optional<String> fault,
    Instant createdAt) {
  public Source {
    columns = List.copyOf(columns);
  }

  /** Where a source stands. */
  public enum Status {
    UPLOADED,
    PROFILING,
    PROFILED,
    UNREADABLE
  }
}
