package dev.weir.query.contract;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.LoadedPolicy;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.runtime.state.StateView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The contracts in force, each with its loaded policy and the newest facts. While the topics cannot
 * be followed nothing is looked up: an ended contract must not pass because its end was not heard.
 * Thread-safe.
 */
public final class ContractBook {
  private final StateView<ContractState> contracts;
  private final StateView<DomainState> domains;
  private final PolicyBundle bundle;
  private final Map<String, LoadedPolicy> policies = new ConcurrentHashMap<>();

  public ContractBook(
      StateView<ContractState> contracts, StateView<DomainState> domains, PolicyBundle bundle) {
    this.contracts = contracts;
    this.domains = domains;
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

  /** As {@link #findFor}, whoever asks. */
  public Optional<Entry> find(ContractId id) {
    if (!contracts.caughtUp() || !domains.caughtUp()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The newest state of the contracts is not known yet; try again shortly.");
    }
    return contracts
        .get(id.toString())
        .flatMap(state ->
            domains
                .get(state.terms().domainId().toString())
                .map(domain -> new Entry(state, policy(state), ContractFacts.of(state, domain))));
  }

  /** Calls back when a contract ends or a product of it is stopped. */
  public void onStop(Consumer<ContractState> listener) {
    contracts.onChange(state -> {
      if (state.ended().isPresent() || !state.stoppedProducts().isEmpty()) {
        listener.accept(state);
      }
    });
  }

  /** Signed terms never change, so their digest is the key. */
  private LoadedPolicy policy(ContractState state) {
    return policies.computeIfAbsent(
        state.termsSha256(), digest -> PolicyLoader.check(state.terms(), bundle));
  }

  /** A contract with what is needed to decide under it. */
  public record Entry(ContractState state, LoadedPolicy policy, ContractFacts facts) {}
}
