package dev.weir.intake.run;

import dev.weir.intake.cleaning.QualityReport;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.RunId;
import dev.weir.kernel.data.RecordSchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An intake run. Immutable.
 *
 * @param sourceSchema the resource's confirmed schema when the run was asked for
 * @param dataVersion the version it makes once sealed: one more than any run of the resource had
 * @param startOffsets [partition] of the record topic before its first record; empty until it began
 * @param endOffsets [partition] after its last record; empty until it is sealed
 * @param rows data rows of the source
 * @param problem slug of the problem type a failed run ended with
 */
public record Run(
    RunId id,
    CreditCode provider,
    CreditCode operator,
    String subject,
    DomainId domainId,
    LineageId lineageId,
    RunSpec spec,
    RecordSchema sourceSchema,
    String sourceSha256,
    long dataVersion,
    Status status,
    boolean cancelRequested,
    List<Long> startOffsets,
    List<Long> endOffsets,
    long accepted,
    long rejected,
    Optional<Long> rows,
    Optional<QualityReport> quality,
    Optional<String> qualitySha256,
    Optional<String> problem,
    Optional<String> detail,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt) {
  public Run {
    startOffsets = List.copyOf(startOffsets);
    endOffsets = List.copyOf(endOffsets);
  }

  /** Where a run stands; the last three are final. */
  public enum Status {
    QUEUED,
    RUNNING,
    SEALED,
    FAILED,
    CANCELLED
  }
}
