package dev.weir.space.domain;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.DomainState.Status;
import dev.weir.space.change.Hand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operation domain as stored. Immutable; every step returns the next version or refuses.
 *
 * @param agreementSha256 lower-case hex digest of the bytes both bodies sign
 * @param rejection why the scene review sent it back for good
 */
public record OperationDomain(
    DomainId id,
    long version,
    CreditCode operator,
    DomainProposal proposal,
    Status status,
    Hand proposed,
    Optional<Hand> reviewed,
    Optional<String> rejection,
    String agreementSha256,
    List<AgreementSignature> signatures,
    Optional<Closing> closed) {
  public OperationDomain {
    signatures = List.copyOf(signatures);
  }

  /** A signature over the agreement's bytes, base64. */
  public record AgreementSignature(String keyId, String signature, Hand by) {}

  /** When the domain closed and why: {@code term}, {@code closed} or {@code scene-rejected}. */
  public record Closing(Instant at, String reason) {}

  static OperationDomain propose(
      DomainId id, DomainProposal proposal, String agreementSha256, Hand by) {
    return new OperationDomain(
        id,
        1,
        by.party(),
        proposal,
        Status.PROPOSED,
        by,
        Optional.empty(),
        Optional.empty(),
        agreementSha256,
        List.of(),
        Optional.empty());
  }

  /** The bodies that sign: the operating and the implementing one. */
  public List<CreditCode> bodies() {
    return List.of(operator, proposal.implementingBody());
  }

  OperationDomain approveScene(Hand by) {
    require(Status.PROPOSED);
    return next(
        Status.SCENE_APPROVED,
        Optional.of(by.otherThan(Stream.of(proposed))),
        rejection,
        signatures,
        closed);
  }

  OperationDomain rejectScene(String reason, Hand by) {
    require(Status.PROPOSED);
    return next(
        Status.CLOSED,
        Optional.of(by.otherThan(Stream.of(proposed))),
        Optional.of(reason),
        signatures,
        Optional.of(new Closing(by.at(), "scene-rejected")));
  }

  /** The second body's signature makes the domain active. */
  OperationDomain sign(AgreementSignature signature) {
    require(Status.SCENE_APPROVED);
    var party = signature.by().party();
    if (!bodies().contains(party)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Only the two bodies sign the agreement.");
    }
    if (signatures.stream().anyMatch(other -> other.by().party().equals(party))) {
      throw new ProblemException(ProblemType.WRONG_STATE, "This body has signed already.");
    }
    if (!signature.by().at().isBefore(proposal.term().to())) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The domain's term has ended.");
    }
    var all = new ArrayList<>(signatures);
    all.add(signature);
    var status = all.size() == bodies().size() ? Status.ACTIVE : Status.SCENE_APPROVED;
    return next(status, reviewed, rejection, all, closed);
  }

  OperationDomain close(Instant at, String reason) {
    if (status == Status.CLOSED) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The domain is closed already.");
    }
    return next(
        Status.CLOSED, reviewed, rejection, signatures, Optional.of(new Closing(at, reason)));
  }

  /**
   * @throws ProblemException of type {@link ProblemType#WRONG_STATE} outside the active term
   */
  public void requireOpen(Instant now) {
    require(Status.ACTIVE);
    if (!proposal.term().contains(now)) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The domain is outside its term.");
    }
  }

  public DomainState state() {
    return new DomainState(
        id,
        version,
        proposal.name(),
        operator,
        proposal.implementingBody(),
        proposal.scene().codes(),
        proposal.term(),
        proposal.ceilingLevel(),
        proposal.feeCeilingFen(),
        status);
  }

  private void require(Status wanted) {
    if (status != wanted) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The domain's state does not allow this step.",
          java.util.Map.of("status", status.name(), "required", wanted.name()));
    }
  }

  private OperationDomain next(
      Status status,
      Optional<Hand> reviewed,
      Optional<String> rejection,
      List<AgreementSignature> signatures,
      Optional<Closing> closed) {
    return new OperationDomain(
        id,
        version + 1,
        operator,
        proposal,
        status,
        proposed,
        reviewed,
        rejection,
        agreementSha256,
        signatures,
        closed);
  }
}
