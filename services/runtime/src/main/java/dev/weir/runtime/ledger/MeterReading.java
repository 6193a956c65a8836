package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.QueryId;
import java.time.Instant;

/**
 * One line of a bill.
 *
 * @param calls 1 for a call, 0 for a correction
 * @param products ids of the products used, in order, separated by spaces
 * @param chargedFen negative in a correction that refunds
 * @param reason of a correction; empty for a call
 * @param leaf the evidence leaf with the same figures
 */
public record MeterReading(
    long number,
    ContractId contractId,
    QueryId requestId,
    Kind kind,
    String products,
    long calls,
    long nanoRho,
    long chargedFen,
    String reason,
    LeafId leaf,
    Instant at) {
  /** A call, or a correction of one. */
  public enum Kind {
    CALL,
    CORRECTION
  }
}
