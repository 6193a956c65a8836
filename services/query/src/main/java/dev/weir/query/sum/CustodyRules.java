package dev.weir.query.sum;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules by which the custodian opens a sum, in their order. Pure; immutable. */
public final class CustodyRules {
  private final List<CustodyRule> rules;

  public CustodyRules() {
    this(Set.of());
  }

  /**
   * @param planted rules left out, for tests that show what they stop
   */
  CustodyRules(Set<CustodyRule> planted) {
    this.rules =
        List.of(CustodyRule.values()).stream().filter(rule -> !planted.contains(rule)).toList();
  }

  /** The first rule that does not hold; empty when the sum may be opened. */
  public Optional<SumRefusal> refusal(SumTask task, SignedSum first, SignedSum second) {
    return rules.stream()
        .filter(rule -> !rule.holds(task, first, second))
        .findFirst()
        .map(CustodyRule::reason);
  }

  /** Why one adder's message is not kept; empty when it waits for the other's. */
  public static Optional<SumRefusal> refusal(SumTask task, SignedSum one) {
    return CustodyRule.isSigned(task, one)
        ? Optional.empty()
        : Optional.of(SumRefusal.BAD_SIGNATURE);
  }
}
