package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A use of a provider's products as the provider sees it: no answer, and not the question's text,
 * whose constants are the consumer's.
 */
public record UseView(
    QueryId queryId,
    ContractId contractId,
    CreditCode consumer,
    String purpose,
    List<ProductId> products,
    QueryStatus status,
    Optional<String> decision,
    Optional<String> rule,
    long nanoRho,
    long fen,
    Optional<LeafId> receiptLeaf,
    Instant createdAt,
    Optional<Instant> finishedAt) {
  public UseView {
    products = List.copyOf(products);
  }

  static UseView of(QueryJob job) {
    return new UseView(
        job.id(),
        job.contractId(),
        job.party(),
        job.purpose(),
        job.products(),
        job.status(),
        job.decision(),
        job.rule(),
        job.nanoRho(),
        job.fen(),
        job.receiptLeaf(),
        job.createdAt(),
        job.finishedAt());
  }
}
