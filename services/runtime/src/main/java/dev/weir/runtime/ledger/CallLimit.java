package dev.weir.runtime.ledger;

import dev.weir.policy.decision.Recheck;
import dev.weir.policy.usage.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often a contract may be used under one of its rules, as decided by the policy; the spend
 * counts again under lock. A repeat that is answered from the store is no call.
 */
public sealed interface CallLimit {
  /** Id of the rule; calls are counted for it. At most 100 characters. */
  String rule();

  long maxCalls();

  default Optional<Duration> span() {
    return switch (this) {
      case InAll all -> Optional.empty();
      case Within within -> Optional.of(within.window());
    };
  }

  /** What the spending transaction has to count again before a permit is used. */
  static List<CallLimit> of(Permit permit) {
    return permit.rechecks().stream()
        .filter(Recheck.UseLimit.class::isInstance)
        .map(Recheck.UseLimit.class::cast)
        .map(CallLimit::of)
        .toList();
  }

  private static CallLimit of(Recheck.UseLimit limit) {
    return limit
        .window()
        .<CallLimit>map(window -> new Within(limit.rule(), limit.maxUses(), window))
        .orElseGet(() -> new InAll(limit.rule(), limit.maxUses()));
  }

  /** So many calls in the whole term. */
  record InAll(String rule, long maxCalls) implements CallLimit {}

  /** So many calls in any window of that length. */
  record Within(String rule, long maxCalls, Duration window) implements CallLimit {}
}
