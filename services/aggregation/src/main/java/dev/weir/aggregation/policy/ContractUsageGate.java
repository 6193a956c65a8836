package dev.weir.aggregation.policy;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskContracts;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.state.StateView;
import java.time.InstantSource;
import java.util.Map;

/**
 * {@link UsageGate} and {@link TaskContracts} over the contracts as the control plane publishes
 * them. While they cannot be followed, nothing is decided. Thread-safe.
 */
public final class ContractUsageGate implements UsageGate, TaskContracts {
  private final StateView<ContractState> contracts;
  private final StateView<DomainState> domains;
  private final PolicyBundle bundle;
  private final InstantSource clock;

  public ContractUsageGate(
      StateView<ContractState> contracts,
      StateView<DomainState> domains,
      PolicyBundle bundle,
      InstantSource clock) {
    this.contracts = contracts;
    this.domains = domains;
    this.bundle = bundle;
    this.clock = clock;
  }

  public boolean caughtUp() {
    return contracts.caughtUp() && domains.caughtUp();
  }

  @Override
  public Verdict decide(AggregationTask task, String actor) {
    var contract = contract(task);
    var product = product(task, contract);
    var facts = ContractFacts.of(contract, domain(contract));
    var decision =
        TaskUse.decide(task.terms(), contract.terms(), facts, bundle, clock.instant(), actor);
    return switch (decision) {
      case UsageDecision.Allow allow -> allowed(decision, allow.permit(), product, contract);
      case UsageDecision.ConditionalAllow allow ->
          allowed(decision, allow.permit(), product, contract);
      case UsageDecision.Deny deny ->
          new Verdict.Refused(deny.result(), deny.ruleId(), deny.bundleVersion());
      case UsageDecision.DefaultDeny deny ->
          new Verdict.Refused(deny.result(), deny.ruleId(), deny.bundleVersion());
    };
  }

  @Override
  public void require(AggregationTask task, String actor) {
    switch (decide(task, actor)) {
      case Verdict.Refused(String result, String rule, String version) ->
          throw new ProblemException(
              ProblemType.POLICY_REFUSED,
              "No collection would be allowed: " + rule + ".",
              Map.of("rule", rule));
      case Verdict.Allowed allowed -> {
        if (task.terms().nanoRhoOfAllRounds() > allowed.allottedNanoRho()) {
          throw new ProblemException(
              ProblemType.BUDGET_EXHAUSTED,
              "The contract allots less than all rounds of the task, or its one collection, take.");
        }
      }
    }
  }

  private ContractState contract(AggregationTask task) {
    if (!caughtUp()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "The newest state of the contracts is not known yet; try again shortly.");
    }
    return contracts
        .get(task.terms().contractId().toString())
        .filter(state ->
            state.terms().parties().stream()
                .anyMatch(party ->
                    party.type() == PartyType.USER
                        && party.creditCode().equals(task.terms().collector())))
        .orElseThrow(ContractUsageGate::notInForce);
  }

  private DomainState domain(ContractState contract) {
    return domains
        .get(contract.terms().domainId().toString())
        .orElseThrow(ContractUsageGate::notInForce);
  }

  private static ProductTerms product(AggregationTask task, ContractState contract) {
    return contract.terms().products().stream()
        .filter(product -> product.id().equals(task.terms().productId()))
        .findFirst()
        .orElseThrow(ContractUsageGate::notInForce);
  }

  private static Verdict allowed(
      UsageDecision decision, Permit permit, ProductTerms product, ContractState contract) {
    return new Verdict.Allowed(
        decision.result(),
        decision.ruleId(),
        decision.bundleVersion(),
        product.lineageId(),
        contract.terms().allotments().stream()
            .filter(allotment -> allotment.lineageId().equals(product.lineageId()))
            .mapToLong(Allotment::nanoRho)
            .sum(),
        CallLimit.of(permit));
  }

  private static ProblemException notInForce() {
    return new ProblemException(
        ProblemType.CONTRACT_ENDED,
        "The task's contract is not in force, or not the collector's with that product.");
  }
}
