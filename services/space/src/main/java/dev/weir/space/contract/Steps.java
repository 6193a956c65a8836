package dev.weir.space.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.state.ContractState.Cause;
import dev.weir.policy.state.ContractState.Status;
import dev.weir.space.change.Hand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a contract, as pure functions from one version to the next. Each refuses with a
 * {@link ProblemException} what the present state, the hand or the time does not allow. Stateless.
 */
final class Steps {
  private Steps() {}

  /** A new round by one of the parties; everybody else has to agree anew. */
  static Contract counter(
      Contract contract, int answers, ContractTerms terms, String sha256, Hand by) {
    contract.requireParty(by);
    requireOpenRound(contract, answers);
    if (!contract.parties().equals(terms.parties())) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "A round keeps the parties of the contract; propose another contract instead.");
    }
    var next = contract.change();
    next.status = Status.NEGOTIATING;
    next.name = terms.name();
    next.term = terms.term();
    next.round = terms.round();
    next.termsSha256 = sha256;
    next.accepted = Set.of(by.party());
    return next.next();
  }

  static Contract accept(Contract contract, int round, Hand by) {
    contract.requireParty(by);
    requireOpenRound(contract, round);
    if (contract.accepted().contains(by.party())) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The party agrees to this round already.");
    }
    var next = contract.change();
    next.status = Status.NEGOTIATING;
    next.accepted = with(contract.accepted(), by.party());
    if (contract.agreedByAll(next.accepted)) {
      next.agreedAt = Optional.of(by.at());
    }
    return next.next();
  }

  /**
   * Refuses a signature that is early, late or double, before any cryptography.
   *
   * @param window how long signatures are taken after all parties agreed
   */
  static void requireSignable(Contract contract, Hand by, Duration window) {
    contract.requireParty(by);
    contract.requireNegotiating();
    Instant agreed =
        contract
            .agreedAt()
            .orElseThrow(() ->
                new ProblemException(
                    ProblemType.WRONG_STATE, "All parties agree to a round before they sign."));
    boolean late = by.at().isAfter(agreed.plus(window)) || !by.at().isBefore(contract.term().to());
    if (late) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "The time for signing has passed; propose a new contract.");
    }
    if (contract.signatures().stream().anyMatch(other -> other.party().equals(by.party()))) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The party has signed already.");
    }
    if (contract.isProvider(by.party()) && !othersSigned(contract)) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "Providers sign after all other parties have signed.");
    }
  }

  /**
   * The last signature tells whether the lineages cover the allotments, and so what others have
   * taken of them: that is for providers only.
   */
  private static boolean othersSigned(Contract contract) {
    var signed = signers(contract);
    return contract.parties().stream()
        .map(Party::creditCode)
        .allMatch(party -> contract.isProvider(party) || signed.contains(party));
  }

  /** Adds a verified signature that is not the last one. */
  static Contract sign(Contract contract, Signature signature) {
    var next = contract.change();
    next.signatures = new ArrayList<>(contract.signatures());
    next.signatures.add(signature);
    return next.next();
  }

  static boolean signedByAll(Contract contract) {
    return contract.agreedByAll(signers(contract));
  }

  private static Set<CreditCode> signers(Contract contract) {
    return contract.signatures().stream().map(Signature::party).collect(Collectors.toSet());
  }

  /** Every signature is there and the budget is carved: performance begins with the term. */
  static Contract conclude(Contract contract, String contractHash, Instant now) {
    var next = contract.change();
    next.contractHash = Optional.of(contractHash);
    next.status = contract.term().contains(now) ? Status.IN_PERFORMANCE : Status.SIGNED;
    return next.next();
  }

  static Contract perform(Contract contract) {
    var next = contract.change();
    next.status = Status.IN_PERFORMANCE;
    return next.next();
  }

  /** A party walks away before all have signed. */
  static Contract withdraw(Contract contract, String reason, Hand by) {
    contract.requireParty(by);
    contract.requireNegotiating();
    var next = contract.change();
    next.status = Status.SIGNING_FAILED;
    next.endReason = Optional.of(reason);
    return next.next();
  }

  /** A live contract ends by agreement once every party has said so. */
  static Contract terminate(Contract contract, String reason, Hand by) {
    contract.requireParty(by);
    requireLive(contract);
    if (contract.endConfirmed().contains(by.party())) {
      throw new ProblemException(
          ProblemType.WRONG_STATE,
          "The party has agreed to the end already; another party has to.");
    }
    var next = contract.change();
    next.endConfirmed = with(contract.endConfirmed(), by.party());
    return contract.agreedByAll(next.endConfirmed)
        ? next.end(by.at(), Cause.AGREEMENT, reason).next()
        : next.next();
  }

  /** The provider or the operating body stops the whole contract, or one product of it. */
  static Contract stop(Contract contract, Stop stop, ContractTerms terms) {
    requireMayStop(contract, stop, terms);
    requireLive(contract);
    var next = contract.change();
    next.stops = new ArrayList<>(contract.stops());
    next.stops.add(stop);
    if (stop.productId().isEmpty()) {
      return next.end(stop.by().at(), Cause.ABNORMAL_STOP, stop.reason().name()).next();
    }
    var stopped = new HashSet<>(contract.stoppedProducts());
    if (!stopped.add(stop.productId().get())) {
      throw new ProblemException(ProblemType.WRONG_STATE, "The product is stopped already.");
    }
    next.stoppedProducts = stopped;
    boolean nothingLeft = terms.products().stream().allMatch(p -> stopped.contains(p.id()));
    return nothingLeft
        ? next.end(stop.by().at(), Cause.ABNORMAL_STOP, stop.reason().name()).next()
        : next.next();
  }

  /** Ends a live contract at the end of its term or by one of its own rules. */
  static Contract end(Contract contract, Instant at, Cause cause, String reason) {
    requireLive(contract);
    return contract.change().end(at, cause, reason).next();
  }

  private static void requireMayStop(Contract contract, Stop stop, ContractTerms terms) {
    var party = stop.by().party();
    boolean ofOffer =
        stop.productId().isEmpty()
            || terms.products().stream()
                .anyMatch(product ->
                    product.id().equals(stop.productId().get())
                        && (product.provider().equals(party) || contract.operator().equals(party)));
    if (!contract.isProvider(party) && !contract.operator().equals(party)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only a provider of the contract or the operating body stops it.");
    }
    if (!ofOffer) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "The contract has no such product of this provider.");
    }
  }

  private static void requireLive(Contract contract) {
    if (!contract.live()) {
      throw contract.wrongState();
    }
  }

  private static void requireOpenRound(Contract contract, int round) {
    contract.requireNegotiating();
    if (contract.agreedAt().isPresent()) {
      throw new ProblemException(
          contract.signatures().isEmpty() ? ProblemType.WRONG_STATE : ProblemType.IMMUTABLE,
          "All parties agree to the newest round; it can only be signed or withdrawn from.");
    }
    if (contract.round() != round) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Another round came first; read it and answer that one.",
          Map.of("round", contract.round()));
    }
  }

  private static Set<CreditCode> with(Set<CreditCode> parties, CreditCode more) {
    var all = new HashSet<>(parties);
    all.add(more);
    return all;
  }
}
