package dev.weir.space.contract;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.runtime.ledger.Ledger;
import dev.weir.space.change.Plane;
import dev.weir.space.change.PostgresCodes;
import dev.weir.space.domain.PostgresDomainStore;
import dev.weir.space.participant.PostgresParticipantStore;
import dev.weir.space.participant.SignatureCheck;
import dev.weir.space.product.PostgresProductStore;

/** The use cases of contracts, put together. Immutable. */
public record Contracts(
    Negotiation negotiation, Signing signing, Performance performance, ContractClock clock) {

  public static Contracts assemble(
      Plane plane,
      PolicyBundle bundle,
      Ledger ledger,
      PostgresProductStore products,
      PostgresDomainStore domains,
      PostgresParticipantStore participants,
      SignatureCheck signatures,
      PostgresCodes codes) {
    var store = new PostgresContractStore();
    var rounds = new PostgresRoundStore();
    var recorder = new ContractRecorder(plane, store);
    var rules = new TermsRules(bundle);
    var performance = new Performance(plane, store, rounds, ledger, recorder);
    return new Contracts(
        new Negotiation(
            plane,
            store,
            rounds,
            participants,
            codes,
            new TermsAssembler(products, domains, participants),
            rules,
            recorder),
        new Signing(
            plane,
            store,
            rounds,
            participants,
            new PostgresFoundations(bundle),
            signatures,
            rules,
            ledger,
            recorder),
        performance,
        new ContractClock(plane, store, rounds, performance, recorder, ledger));
  }
}
