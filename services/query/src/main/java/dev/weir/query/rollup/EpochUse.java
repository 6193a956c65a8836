package dev.weir.query.rollup;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;

/**
 * Whose epoch it is, and what it cost.
 *
 * @param decision {@code allow}, or as evidence names the refusal
 * @param rule that decided
 * @param fen charged
 */
record EpochUse(
    CreditCode consumer,
    CreditCode provider,
    LineageId lineage,
    String purpose,
    String decision,
    String rule,
    long fen) {}
