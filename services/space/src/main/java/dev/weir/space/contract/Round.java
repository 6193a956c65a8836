package dev.weir.space.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.policy.contract.ContractTerms;
import java.time.Instant;

/**
 * One round of a negotiation as it was written; nobody can change it.
 *
 * @param note why the party wants it so
 * @param termsSha256 lower-case hex digest of the terms' RFC 8785 bytes
 */
public record Round(
    int round,
    CreditCode author,
    Instant at,
    String note,
    String termsSha256,
    ContractTerms terms) {}
