package dev.weir.aggregation.policy;

import dev.weir.aggregation.task.TaskTerms;
import dev.weir.kernel.Role;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.request.Channel;
import dev.weir.policy.request.Environment;
import dev.weir.policy.request.Subject;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseCounts;
import dev.weir.policy.request.UseObject;
import dev.weir.policy.term.Action;
import dev.weir.policy.usage.ContractFacts;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.policy.usage.UsageControl;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.runtime.ledger.MeterPrice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A collection as a use of the product that its task names; leader, helper and collector put the
 * same question to the engine.
 */
public final class TaskUse {
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

  private TaskUse() {}

  /**
   * @param actor who asks for the collection
   */
  public static UsageDecision decide(
      TaskTerms task,
      ContractTerms contract,
      ContractFacts facts,
      PolicyBundle bundle,
      Instant at,
      String actor) {
    long fen = MeterPrice.charge(contract.price(), 0, 0, task.nanoRho());
    var environment =
        new Environment(
            at,
            task.purpose(),
            CHANNEL,
            Optional.of(fen),
            Map.of(task.productId(), UseCounts.NONE),
            CARRIES_OUT);
    var request =
        new UsageRequest(
            new Subject(task.collector(), Set.of(Role.CONSUMER), actor),
            Action.COMPUTE,
            UseObject.of(task.productId()),
            environment);
    return UsageControl.decide(request, PolicyLoader.check(contract, bundle), facts, bundle);
  }
}
