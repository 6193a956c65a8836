package dev.weir.query.sum.custody;

import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.contract.ContractBook;
import dev.weir.query.sum.SumTask;
import dev.weir.runtime.ledger.CallLimit;
import dev.weir.runtime.ledger.MeterPrice;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link SumGate} over the contracts as the control plane publishes them. */
final class ContractSumGate implements SumGate {
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

  private final ContractBook contracts;
  private final PolicyBundle bundle;
  private final InstantSource clock;
  private final String actor;

  /**
   * @param actor the service's name, as rules see it
   */
  ContractSumGate(ContractBook contracts, PolicyBundle bundle, InstantSource clock, String actor) {
    this.contracts = contracts;
    this.bundle = bundle;
    this.clock = clock;
    this.actor = actor;
  }

  @Override
  public Verdict decide(SumTask task) {
    return contracts
        .findFor(task.consumer(), task.contractId())
        .flatMap(contract ->
            contract.state().terms().products().stream()
                .filter(product -> product.id().equals(task.productId()))
                .findFirst()
                .map(product -> decide(task, contract, product)))
        .orElseGet(() -> new Verdict.Denied("contract-in-force"));
  }

  private Verdict decide(SumTask task, ContractBook.Entry contract, ProductTerms product) {
    long fen = MeterPrice.charge(contract.state().terms().price(), 0, 0, task.nanoRho());
    var request =
        new UsageRequest(
            new Subject(task.consumer(), Set.of(Role.CONSUMER), actor),
            Action.COMPUTE,
            UseObject.of(product.id()),
            new Environment(
                clock.instant(),
                task.purpose(),
                CHANNEL,
                Optional.of(fen),
                Map.of(product.id(), UseCounts.NONE),
                CARRIES_OUT));
    var decision = UsageControl.decide(request, contract.policy(), contract.facts(), bundle);
    return switch (decision) {
      case UsageDecision.Allow allow -> allowed(decision, allow.permit(), product, contract);
      case UsageDecision.ConditionalAllow allow ->
          allowed(decision, allow.permit(), product, contract);
      case UsageDecision.Deny deny -> new Verdict.Denied(deny.ruleId());
      case UsageDecision.DefaultDeny deny -> new Verdict.Denied(deny.ruleId());
    };
  }

  private static Verdict allowed(
      UsageDecision decision, Permit permit, ProductTerms product, ContractBook.Entry contract) {
    return new Verdict.Allowed(
        decision.result(),
        decision.ruleId(),
        decision.bundleVersion(),
        product.provider(),
        product.lineageId(),
        contract.state().terms().allotments().stream()
            .filter(allotment -> allotment.lineageId().equals(product.lineageId()))
            .mapToLong(Allotment::nanoRho)
            .sum(),
        CallLimit.of(permit));
  }
}
