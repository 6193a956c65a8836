package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LineageId;

/** What a contract was allotted from a lineage and what is left of it. */
public record AllotmentView(
    ContractId contractId,
    LineageId lineageId,
    long allottedNanoRho,
    long spentNanoRho,
    long allottedPicoDelta,
    long spentPicoDelta) {

  public long remainingNanoRho() {
    return allottedNanoRho - spentNanoRho;
  }

  public long remainingPicoDelta() {
    return allottedPicoDelta - spentPicoDelta;
  }
}
