package dev.weir.space.contract;

import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.policy.state.ContractState.Ending;
import dev.weir.policy.state.ContractState.Status;
import dev.weir.space.change.Hand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a contract stands. Its terms are kept apart, round by round, and are never changed.
 * Immutable; the steps are in {@link Steps}.
 *
 * @param operator the operating body of the domain
 * @param term of the newest round
 * @param round number of the newest round
 * @param termsSha256 lower-case hex digest of the newest round's bytes
 * @param accepted parties that agree to the newest round; its author does
 * @param agreedAt when the last party agreed; from then on no round may follow
 * @param contractHash the filing hash: 64 hex digits over terms and signatures
 * @param endConfirmed parties that want to end it by agreement
 */
public record Contract(
    ContractId id,
    ContractCode code,
    long version,
    Status status,
    String name,
    List<Party> parties,
    CreditCode operator,
    DomainId domainId,
    Term term,
    int round,
    String termsSha256,
    Set<CreditCode> accepted,
    Optional<Instant> agreedAt,
    List<Signature> signatures,
    Optional<String> contractHash,
    Set<CreditCode> endConfirmed,
    Optional<Ending> ended,
    Optional<String> endReason,
    Set<ProductId> stoppedProducts,
    List<Stop> stops,
    Hand proposed) {
  public Contract {
    parties = List.copyOf(parties);
    accepted = Set.copyOf(accepted);
    signatures = List.copyOf(signatures);
    endConfirmed = Set.copyOf(endConfirmed);
    stoppedProducts = Set.copyOf(stoppedProducts);
    stops = List.copyOf(stops);
  }

  static Contract propose(ContractTerms terms, String sha256, CreditCode operator, Hand by) {
    return new Contract(
        terms.id(),
        terms.code(),
        1,
        Status.INITIATED,
        terms.name(),
        terms.parties(),
        operator,
        terms.domainId(),
        terms.term(),
        terms.round(),
        sha256,
        Set.of(by.party()),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        List.of(),
        by);
  }

  public boolean isParty(CreditCode candidate) {
    return parties.stream().anyMatch(party -> party.creditCode().equals(candidate));
  }

  public boolean isProvider(CreditCode candidate) {
    return parties.stream()
        .anyMatch(
            party -> party.type() == PartyType.PROVIDER && party.creditCode().equals(candidate));
  }

  boolean agreedByAll(Set<CreditCode> agreeing) {
    return parties.stream().map(Party::creditCode).allMatch(agreeing::contains);
  }

  /** Signed by all, whether or not it has ended since. */
  public boolean concluded() {
    return contractHash.isPresent();
  }

  public boolean live() {
    return status == Status.SIGNED || status == Status.IN_PERFORMANCE;
  }

  /** Who may read it besides the auditor. */
  List<CreditCode> readers() {
    return java.util.stream.Stream.concat(
            parties.stream().map(Party::creditCode), java.util.stream.Stream.of(operator))
        .distinct()
        .toList();
  }

  /**
   * @throws ProblemException of type {@link ProblemType#FORBIDDEN}
   */
  void requireParty(Hand by) {
    if (!isParty(by.party())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only a party of the contract may do this.");
    }
  }

  void requireNegotiating() {
    if (concluded()) {
      throw new ProblemException(ProblemType.IMMUTABLE, "The contract was signed by all parties.");
    }
    if (status != Status.INITIATED && status != Status.NEGOTIATING) {
      throw wrongState();
    }
  }

  ProblemException wrongState() {
    return new ProblemException(
        status == Status.ENDED ? ProblemType.CONTRACT_ENDED : ProblemType.WRONG_STATE,
        "The contract's state does not allow this step.",
        Map.of("status", status.code()));
  }

  ContractState state(ContractTerms terms) {
    return new ContractState(id, version, status, terms, termsSha256, ended, stoppedProducts);
  }

  Changed change() {
    return new Changed(this);
  }

  /** Builds the next version of a contract. Confined. */
  static final class Changed {
    private final Contract from;
    Status status;
    String name;
    Term term;
    int round;
    String termsSha256;
    Set<CreditCode> accepted;
    Optional<Instant> agreedAt;
    List<Signature> signatures;
    Optional<String> contractHash;
    Set<CreditCode> endConfirmed;
    Optional<Ending> ended;
    Optional<String> endReason;
    Set<ProductId> stoppedProducts;
    List<Stop> stops;

    private Changed(Contract from) {
      this.from = from;
      status = from.status;
      name = from.name;
      term = from.term;
      round = from.round;
      termsSha256 = from.termsSha256;
      accepted = from.accepted;
      agreedAt = from.agreedAt;
      signatures = from.signatures;
      contractHash = from.contractHash;
      endConfirmed = from.endConfirmed;
      ended = from.ended;
      endReason = from.endReason;
      stoppedProducts = from.stoppedProducts;
      stops = from.stops;
    }

    Changed end(Instant at, Cause cause, String reason) {
      status = Status.ENDED;
      ended = Optional.of(new Ending(at, cause));
      endReason = Optional.of(reason);
      return this;
    }

    Contract next() {
      return new Contract(
          from.id,
          from.code,
          from.version + 1,
          status,
          name,
          from.parties,
          from.operator,
          from.domainId,
          term,
          round,
          termsSha256,
          accepted,
          agreedAt,
          signatures,
          contractHash,
          endConfirmed,
          ended,
          endReason,
          stoppedProducts,
          stops,
          from.proposed);
    }
  }
}
