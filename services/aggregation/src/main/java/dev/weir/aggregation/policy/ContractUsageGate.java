package dev.weir.aggregation.policy;

import dev.weir.aggregation.task.AggregationTask;
import dev.weir.aggregation.task.TaskContracts;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.decision.Recheck;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.state.ContractState;
import dev.weir.policy.state.DomainState;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.ledger.MeterPrice;
import dev.weir.runtime.state.StateView;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@link UsageGate} and {@link TaskContracts} over the contracts as the control plane publishes
 * them. While they cannot be followed, nothing is decided. Thread-safe.
 */
public final class ContractUsageGate implements UsageGate, TaskContracts {
  private static final Set<Obligation.Kind> CARRIES_OUT = Set.of(Obligation.Kind.SEND_LOG_RECORD);

  /** Multi-party computation over ciphertexts, delivered by an interface. */
  private static final Channel CHANNEL =
      new Channel(
          Optional.empty(),
          Optional.empty(),
          Optional.of("03"),
          Optional.of("02"),
          Optional.of("03"),
          Optional.empty(),
          Set.of());

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
    long fen = MeterPrice.charge(contract.terms().price(), 0, 0, task.terms().nanoRho());
    var environment =
        new Environment(
            clock.instant(),
            task.terms().purpose(),
            CHANNEL,
            Optional.of(fen),
            Map.of(product.id(), UseCounts.NONE),
            CARRIES_OUT);
    var request =
        new UsageRequest(
            new Subject(task.terms().collector(), Set.of(Role.CONSUMER), actor),
            Action.COMPUTE,
            UseObject.of(product.id()),
            environment);
    var decision =
        UsageControl.decide(request, PolicyLoader.check(contract.terms(), bundle), facts, bundle);
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
  public void require(AggregationTask task) {
    product(task, contract(task));
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
        limits(permit));
  }

  private static List<CallLimit> limits(Permit permit) {
    return permit.rechecks().stream()
        .filter(Recheck.UseLimit.class::isInstance)
        .map(Recheck.UseLimit.class::cast)
        .map(limit ->
            limit
                .window()
                .<CallLimit>map(
                    window -> new CallLimit.Within(limit.rule(), limit.maxUses(), window))
                .orElseGet(() -> new CallLimit.InAll(limit.rule(), limit.maxUses())))
        .toList();
  }

  private static ProblemException notInForce() {
    return new ProblemException(
        ProblemType.CONTRACT_ENDED,
        "The task's contract is not in force, or not the collector's with that product.");
  }
}
