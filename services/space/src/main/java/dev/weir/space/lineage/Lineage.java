package dev.weir.space.lineage;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.space.change.Hand;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A lineage's cap and the proposal that waits for approval, if any. Immutable.
 *
 * @param owner the provider of its resources
 * @param capNanoRho approved cap, zCDP ρ·10⁻⁹; 0 until the first approval
 * @param capPicoDelta approved δ cap, δ·10⁻¹²
 */
public record Lineage(
    LineageId id,
    CreditCode owner,
    long version,
    long capNanoRho,
    long capPicoDelta,
    Optional<CapProposal> pending) {

  /** A cap that one person proposed. */
  public record CapProposal(UUID id, long capNanoRho, long capPicoDelta, String reason, Hand by) {}

  public static Lineage open(LineageId id, CreditCode owner) {
    return new Lineage(id, owner, 1, 0, 0, Optional.empty());
  }

  /** A new proposal replaces one that waits. */
  Lineage propose(CapProposal proposal) {
    boolean grows =
        proposal.capNanoRho() >= capNanoRho
            && proposal.capPicoDelta() >= capPicoDelta
            && (proposal.capNanoRho() > capNanoRho || proposal.capPicoDelta() > capPicoDelta);
    if (!grows) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "A cap can only grow.");
    }
    return new Lineage(id, owner, version + 1, capNanoRho, capPicoDelta, Optional.of(proposal));
  }

  CapProposal approvable(UUID proposal, Hand by) {
    var waiting =
        pending
            .filter(candidate -> candidate.id().equals(proposal))
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "No such proposal waits for approval."));
    by.otherThan(Stream.of(waiting.by()));
    return waiting;
  }

  Lineage approve(CapProposal proposal) {
    return new Lineage(
        id, owner, version + 1, proposal.capNanoRho(), proposal.capPicoDelta(), Optional.empty());
  }
}
