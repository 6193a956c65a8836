package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.QueryId;

/**
 * A change of a bill.
 *
 * @param requestId of the call that was read wrongly
 * @param fen to add, negative to refund
 * @param reason code of the reason, for the statement; at most 200 characters
 * @param party on whose behalf it is made
 * @param actor subject id of the token
 * @param bundle version of the policy bundle that allowed it
 */
public record Correction(
    ContractId contractId,
    QueryId requestId,
    long fen,
    String reason,
    CreditCode party,
    String actor,
    String bundle) {}
