package dev.weir.query.use;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.util.UUID;

/**
 * A use that is not a query in SQL, when it is first heard of.
 *
 * @param id unique among all uses
 * @param decision {@code allow} or what the policy said instead
 * @param rule that decided
 */
public record Use(
    UUID id,
    UseKind kind,
    ContractId contractId,
    ProductId productId,
    CreditCode provider,
    CreditCode consumer,
    String purpose,
    UseStatus status,
    String decision,
    String rule,
    Instant at) {}
