package dev.weir.query.job;

import dev.weir.policy.usage.Permit;
import dev.weir.policy.usage.UsageDecision;
import dev.weir.query.plan.CheckedPlan;
import java.util.Optional;

/** What plan and policy say about a request, before any data is read. */
sealed interface Assessment {

  /** The decision, when the engine was asked; a plan that does not pass has none of its own. */
  Optional<UsageDecision> decision();

  Optional<Expected> expected();

  /** May run. */
  record Cleared(CheckedPlan plan, Permit permit, UsageDecision made, Expected cost)
      implements Assessment {
    @Override
    public Optional<UsageDecision> decision() {
      return Optional.of(made);
    }

    @Override
    public Optional<Expected> expected() {
      return Optional.of(cost);
    }
  }

  /** May not run. */
  record Refused(Optional<UsageDecision> decision, RefusalView refusal, Optional<Expected> expected)
      implements Assessment {}
}
