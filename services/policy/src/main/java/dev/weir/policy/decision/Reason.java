package dev.weir.policy.decision;

import dev.weir.kernel.Bilingual;

/**
 * One reason of a decision, fit to publish.
 *
 * @param ruleId an {@link EngineRule} id; stable
 * @param about the contract rule, constraint, column or product concerned; empty when none
 * @param text what was found
 * @param help what grant or change would help
 */
public record Reason(String ruleId, String about, Bilingual text, Bilingual help) {
  public static Reason of(EngineRule rule, String about) {
    return new Reason(rule.id(), about, rule.text(), rule.help());
  }
}
