package dev.weir.runtime.ledger;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;

/**
 * Two persons raise a cap.
 *
 * @param fromNanoRho the cap as the proposer saw it
 * @param toNanoRho the new cap
 * @param fromPicoDelta the δ cap as the proposer saw it
 * @param toPicoDelta the new δ cap
 * @param proposedBy subject id of the proposer's token
 * @param approvedBy subject id of the approver's token, another one
 */
public record CapRaise(
    long fromNanoRho,
    long toNanoRho,
    long fromPicoDelta,
    long toPicoDelta,
    String proposedBy,
    String approvedBy) {
  public CapRaise {
    if (proposedBy.equals(approvedBy)) {
      throw new ProblemException(
          ProblemType.SAME_HANDS, "A cap is proposed and approved by two persons.");
    }
    boolean grows =
        toNanoRho >= fromNanoRho
            && toPicoDelta >= fromPicoDelta
            && (toNanoRho > fromNanoRho || toPicoDelta > fromPicoDelta);
    if (!grows || fromNanoRho < 0 || fromPicoDelta < 0) {
      throw new ProblemException(ProblemType.CONFLICT, "A cap can only grow.");
    }
  }
}
