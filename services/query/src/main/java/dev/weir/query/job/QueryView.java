package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.QueryId;
import java.time.Instant;
import java.util.Optional;

/** A query as its consumer sees it; shaped as {@code Query} in the OpenAPI contract. */
public record QueryView(
    QueryId id,
    ContractId contractId,
    String purpose,
    String sql,
    Status status,
    Optional<String> decision,
    Optional<String> rule,
    Optional<Expected> expected,
    Charged charged,
    Optional<AnswerView> answer,
    Optional<RefusalView> refusal,
    Optional<LeafId> receiptLeaf,
    Instant createdAt,
    Optional<Instant> finishedAt) {

  /** As {@link QueryStatus}, and the dry run, which is never stored. */
  public enum Status {
    ACCEPTED,
    RUNNING,
    DONE,
    REFUSED,
    FAILED,
    CANCELLED,
    DRY_RUN
  }

  public record Charged(long nanoRho, long fen) {}

  static QueryView of(QueryJob job, Optional<Expected> expected) {
    return new QueryView(
        job.id(),
        job.contractId(),
        job.purpose(),
        job.sql(),
        Status.valueOf(job.status().name()),
        job.decision(),
        job.rule(),
        expected,
        new Charged(job.nanoRho(), job.fen()),
        job.answer(),
        job.refusal(),
        job.receiptLeaf(),
        job.createdAt(),
        job.finishedAt());
  }

  static QueryView dryRun(QueryJob job, Optional<Expected> expected) {
    return new QueryView(
        job.id(),
        job.contractId(),
        job.purpose(),
        job.sql(),
        Status.DRY_RUN,
        job.decision(),
        job.rule(),
        expected,
        new Charged(0, 0),
        Optional.empty(),
        job.refusal(),
        job.receiptLeaf(),
        job.createdAt(),
        Optional.empty());
  }
}
