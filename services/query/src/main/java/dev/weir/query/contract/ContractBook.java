package dev.weir.query.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.ProductId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.state.ParticipantState;
import dev.weir.policy.state.ResourceState;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.LoadedPolicy;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.runtime.ledger.Standing;
import dev.weir.runtime.state.StateView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The contracts in force, each with its loaded policy and the newest facts. While the topics cannot
 * be followed nothing is looked up: an ended contract must not pass because its end was not heard.
 * Thread-safe.
 */
public final class ContractBook implements Contracts {
  private final StateView<ContractState> contracts;
  private final StateView<DomainState> domains;
  private final StateView<ResourceState> resources;
  private final StateView<ParticipantState> participants;
  private final PolicyBundle bundle;
  private final Map<String, LoadedPolicy> policies = new ConcurrentHashMap<>();

  public ContractBook(
      StateView<ContractState> contracts,
      StateView<DomainState> domains,
      StateView<ResourceState> resources,
      StateView<ParticipantState> participants,
      PolicyBundle bundle) {
    this.contracts = contracts;
    this.domains = domains;
    this.resources = resources;
    this.participants = participants;
    this.bundle = bundle;
  }

  /**
   * The contract, if the party is its using party.
   *
   * @throws ProblemException of type {@link ProblemType#UNAVAILABLE} while the newest state is not
   *     known
   */
  public Optional<Entry> findFor(CreditCode user, ContractId id) {
    return find(id)
        .filter(entry ->
            entry.state().terms().parties().stream()
                .anyMatch(
                    party -> party.type() == PartyType.USER && party.creditCode().equals(user)));
  }

  @Override
  public Optional<Entry> find(ContractId id) {
    if (!caughtUp()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The newest state of the contracts is not known yet; try again shortly.");
    }
    return contracts
        .get(id.toString())
        .flatMap(state ->
            domains
                .get(state.terms().domainId().toString())
                .map(domain -> new Entry(state, policy(state), facts(state, domain))));
  }

  @Override
  public List<Entry> inForce(Instant now) {
    return caughtUp()
        ? contracts.all().stream()
            .map(ContractState::id)
            .flatMap(id -> find(id).stream())
            .filter(entry -> entry.holds(now, List.of()))
            .toList()
        : List.of();
  }

  /** The public keys that a participant registered; none of one that was suspended. */
  public List<ParticipantState.Key> keysOf(CreditCode party) {
    return participants
        .get(party.toString())
        .filter(ParticipantState::active)
        .map(ParticipantState::keys)
        .orElse(List.of());
  }

  /** Calls back when a contract ends or a product of it is stopped. */
  public void onStop(Consumer<ContractState> listener) {
    contracts.onChange(state -> {
      if (state.ended().isPresent() || !state.stoppedProducts().isEmpty()) {
        listener.accept(state);
      }
    });
  }

  /** Whether everything that decides is as new as the topics. */
  public boolean caughtUp() {
    return contracts.caughtUp()
        && domains.caughtUp()
        && resources.caughtUp()
        && participants.caughtUp();
  }

  /**
   * The contract's facts, with what happened around it: a suspended party ends its use, a resource
   * that was cancelled or withdrawn from the domain ends the use of its products.
   */
  private ContractFacts facts(ContractState contract, DomainState domain) {
    var facts = ContractFacts.of(contract, domain);
    boolean partiesActive =
        contract.terms().parties().stream()
            .noneMatch(party ->
                participants
                    .get(party.creditCode().value())
                    .filter(participant -> !participant.active())
                    .isPresent());
    var stopped = new HashSet<>(facts.stoppedProducts());
    contract.terms().products().stream()
        .filter(product -> !isAuthorised(product, domain))
        .forEach(product -> stopped.add(product.id()));
    return new ContractFacts(
        facts.contract(),
        facts.inForce() && partiesActive,
        stopped,
        facts.domainActive(),
        facts.purposes(),
        facts.domainTerm());
  }

  private boolean isAuthorised(ProductTerms product, DomainState domain) {
    return resources
        .get(product.resourceId().toString())
        .filter(resource -> resource.status() == ResourceState.Status.REGISTERED)
        .flatMap(ResourceState::domainId)
        .filter(domain.id()::equals)
        .isPresent();
  }

  /** Signed terms never change, so their digest is the key. */
  private LoadedPolicy policy(ContractState state) {
    return policies.computeIfAbsent(
        state.termsSha256(), digest -> PolicyLoader.check(state.terms(), bundle));
  }

  /** A contract with what is needed to decide under it. */
  public record Entry(ContractState state, LoadedPolicy policy, ContractFacts facts) {

    /**
     * Whether contract and domain are in force at that instant, and none of the products stopped.
     */
    public boolean holds(Instant now, Collection<ProductId> products) {
      return facts.inForce()
          && facts.domainActive()
          && facts.domainTerm().contains(now)
          && state.terms().term().contains(now)
          && products.stream().noneMatch(facts.stoppedProducts()::contains);
    }

    /** With what the ledger knows: a stop stands there before it is heard from the topics. */
    public Entry within(Standing standing, Instant now) {
      var stopped = new HashSet<>(facts.stoppedProducts());
      stopped.addAll(standing.stoppedProducts());
      return new Entry(
          state,
          policy,
          new ContractFacts(
              facts.contract(),
              facts.inForce() && standing.isOpen(now),
              stopped,
              facts.domainActive(),
              facts.purposes(),
              facts.domainTerm()));
    }
  }
}
