package dev.weir.space.contract;

import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ProductState.Status;
import dev.weir.space.change.Hand;
import dev.weir.space.change.Plane;
import dev.weir.space.domain.OperationDomain;
import dev.weir.space.domain.PostgresDomainStore;
import dev.weir.space.participant.Participant;
import dev.weir.space.participant.PostgresParticipantStore;
import dev.weir.space.product.PostgresProductStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Makes complete terms of a draft, from what is listed and registered now. Thread-safe. */
final class TermsAssembler {
  private static final int MAX_PRODUCTS = 20;

  private final PostgresProductStore products;
  private final PostgresDomainStore domains;
  private final PostgresParticipantStore participants;

  TermsAssembler(
      PostgresProductStore products,
      PostgresDomainStore domains,
      PostgresParticipantStore participants) {
    this.products = products;
    this.domains = domains;
    this.participants = participants;
  }

  /** The domain of a draft, open now. */
  OperationDomain openDomain(Handle handle, ContractDraft draft, Hand by) {
    var domain = domains.find(handle, draft.domainId()).orElseThrow(Plane::notFound);
    domain.requireOpen(by.at());
    return domain;
  }

  /**
   * @param consumer the party of type 02
   */
  ContractTerms assemble(
      Handle handle,
      ContractDraft draft,
      CreditCode consumer,
      ContractId id,
      ContractCode code,
      int round) {
    var offered = offered(handle, draft);
    return new ContractTerms(
        id,
        code,
        draft.name(),
        draft.summary(),
        draft.signMode(),
        draft.suite(),
        round,
        draft.term(),
        draft.domainId(),
        draft.purpose(),
        parties(handle, draft, consumer, offered),
        offered,
        draft.rules(),
        draft.allotments(),
        draft.price(),
        draft.minGroup());
  }

  private List<ProductTerms> offered(Handle handle, ContractDraft draft) {
    if (draft.products().isEmpty() || draft.products().size() > MAX_PRODUCTS) {
      throw new ProblemException(ProblemType.VALIDATION_FAILED, "A contract has 1 to 20 products.");
    }
    return draft.products().stream().map(id -> listed(handle, id)).toList();
  }

  private ProductTerms listed(Handle handle, ProductId id) {
    var product = products.find(handle, id).orElseThrow(Plane::notFound);
    if (product.status() != Status.LISTED) {
      throw new ProblemException(
          ProblemType.WRONG_STATE, "Contracts are made for listed products only.");
    }
    return product.terms();
  }

  private List<Party> parties(
      Handle handle, ContractDraft draft, CreditCode consumer, List<ProductTerms> offered) {
    var providers = new TreeSet<CreditCode>();
    offered.forEach(product -> providers.add(product.provider()));
    var services = new TreeSet<>(draft.services());
    boolean distinct =
        !providers.contains(consumer)
            && !services.contains(consumer)
            && services.size() == draft.services().size()
            && services.stream().noneMatch(providers::contains);
    if (!distinct) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "Providers, consumer and services of a contract are different parties.");
    }
    var parties = new ArrayList<Party>();
    providers.forEach(code -> parties.add(new Party(PartyType.PROVIDER, code)));
    parties.add(new Party(PartyType.USER, consumer));
    services.forEach(code -> parties.add(new Party(PartyType.SERVICE, code)));
    parties.forEach(party -> requireActive(handle, party.creditCode()));
    return parties;
  }

  private void requireActive(Handle handle, CreditCode code) {
    if (participants.find(handle, code).filter(Participant::active).isEmpty()) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED, "Every party is an active participant of the space.");
    }
  }
}
