package dev.weir.runtime.ledger;

import dev.weir.kernel.LeafId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a spend ended. Only {@link Spent} changed anything, and only once the transaction commits.
 */
public sealed interface Spend {
  /**
   * Charged and stored.
   *
   * @param chargedFen added to the bill
   */
  record Spent(long chargedFen, LeafId spendLeaf, LeafId meterLeaf) implements Spend {}

  /** The request, or the same query, was answered before: release this answer, at no charge. */
  record Replayed(StoredAnswer answer) implements Spend {}

  /** The allotment from this lineage does not cover the charge. */
  record Exhausted(LineageId lineageId, long remainingNanoRho, long remainingPicoDelta)
      implements Spend {}

  /**
   * A rule's quota is used up.
   *
   * @param again when the window has room again; empty for a quota of the whole term
   */
  record QuotaExhausted(String rule, long maxCalls, Optional<Instant> again) implements Spend {}

  /**
   * The contract has ended or was stopped, its domain closed, a party was suspended, or a term is
   * over.
   */
  record Closed() implements Spend {}

  /** A product it used was stopped, delisted, or lost its resource. */
  record ProductStopped(ProductId productId) implements Spend {}
}
