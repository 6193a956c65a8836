package dev.weir.policy.usage;

import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.util.List;

/**
 * Rewrites corrected spellings of terms into the standard's own (its {@code plicyTransmit} and
 * {@code dateRecord} included) and operators into their codes, so that what is signed has one
 * spelling. Unknown terms stay as they are and are refused when loaded.
 */
public final class StandardSpelling {
  private StandardSpelling() {}

  public static ContractTerms of(ContractTerms terms) {
    return new ContractTerms(
        terms.id(),
        terms.code(),
        terms.name(),
        terms.summary(),
        terms.signMode(),
        terms.suite(),
        terms.round(),
        terms.term(),
        terms.domainId(),
        terms.purpose(),
        terms.parties(),
        terms.products(),
        terms.rules().stream().map(StandardSpelling::of).toList(),
        terms.allotments(),
        terms.price(),
        terms.minGroup());
  }

  private static Rule of(Rule rule) {
    return new Rule(
        rule.id(),
        rule.kind(),
        rule.party(),
        action(rule.action()),
        rule.target(),
        constraints(rule.constraints()),
        rule.duties().stream()
            .map(duty -> new Duty(action(duty.action()), constraints(duty.constraints())))
            .toList());
  }

  private static String action(String written) {
    return Action.find(written).map(Action::standardName).orElse(written);
  }

  private static List<Constraint> constraints(List<Constraint> constraints) {
    return constraints.stream()
        .map(c ->
            new Constraint(
                ConstraintName.find(c.name()).map(ConstraintName::standardName).orElse(c.name()),
                Operator.find(c.operator()).map(Operator::code).orElse(c.operator()),
                c.values(),
                c.item()))
        .toList();
  }
}
