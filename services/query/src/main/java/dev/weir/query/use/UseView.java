package dev.weir.query.use;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A use of a provider's products as the provider sees it: no answer, and not the question's text,
 * whose constants are the consumer's.
 *
 * @param id of the query or the ticket; of a release of cells its evidence
 * @param nanoRho charged to the lineage's budget
 * @param receiptLeaf evidence of the answer, or of why there is none
 */
public record UseView(
    UUID id,
    UseKind kind,
    ContractId contractId,
    CreditCode consumer,
    String purpose,
    List<ProductId> products,
    UseStatus status,
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
}
