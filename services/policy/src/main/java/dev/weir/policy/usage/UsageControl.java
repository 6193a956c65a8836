package dev.weir.policy.usage;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.decision.Reason;
import dev.weir.policy.request.UsageRequest;
import java.util.List;

/**
 * Decides on one use: a pure function of request, policy, facts and bundle. Thread-safe; never
 * throws on any request. A decision is for one use now, and its permit expires soon.
 *
 * <p>Order: facts that speak against the use; then prohibitions, which win; then permissions, which
 * must cover every column of every product touched; then obligations. What nothing permits is
 * denied by default.
 */
public final class UsageControl {
  private UsageControl() {}

  /**
   * @param policy as loaded by {@link PolicyLoader}; under a refused one everything is denied
   * @param facts of the same contract, as last heard from the control plane
   */
  public static UsageDecision decide(
      UsageRequest request, LoadedPolicy policy, ContractFacts facts, PolicyBundle bundle) {
    return switch (policy) {
      case RefusedContract refused ->
          new UsageDecision.DefaultDeny(
              refused.findings().stream()
                  .filter(finding -> !finding.rule().isWarning())
                  .map(finding -> Reason.of(EngineRule.POLICY_REFUSED, about(finding)))
                  .toList(),
              bundle.version());
      case CheckedContract contract -> decide(request, contract, facts, bundle);
    };
  }

  private static UsageDecision decide(
      UsageRequest request, CheckedContract contract, ContractFacts facts, PolicyBundle bundle) {
    List<Reason> silent = FactCheck.unknown(request, contract, bundle);
    if (!silent.isEmpty()) {
      return new UsageDecision.DefaultDeny(silent, bundle.version());
    }
    List<Reason> against = FactCheck.against(request, contract, facts, bundle);
    if (!against.isEmpty()) {
      return new UsageDecision.Deny(against, List.of(), bundle.version());
    }
    return new RuleCheck(request, contract, facts, bundle).decide();
  }

  private static String about(Finding finding) {
    return finding.rule().id() + " " + finding.where();
  }
}
