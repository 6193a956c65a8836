package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.ProductId;
import dev.weir.policy.product.ProductKind;
import java.time.Instant;
import java.util.Optional;

/**
 * One data version as it is, or is not, published under one contract.
 *
 * @param cellBits every value v that is published has −2^(cellBits−1) ≤ v < 2^(cellBits−1)
 * @param nanoRho charged for it
 * @param root digest over all cells as they stand after it, see {@link PublishedCells#root}; empty
 *     when nothing is published
 * @param refusal the rule that keeps it from being published
 * @param leaf the evidence of the release or the refusal
 */
public record Epoch(
    ContractId contractId,
    ProductId productId,
    String rollupId,
    long dataVersion,
    ProductKind kind,
    int cells,
    int width,
    int cellBits,
    long nanoRho,
    String root,
    Optional<String> refusal,
    LeafId leaf,
    Instant closedAt) {}
