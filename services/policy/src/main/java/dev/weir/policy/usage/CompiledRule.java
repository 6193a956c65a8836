package dev.weir.policy.usage;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.policy.constraint.Atom;
import dev.weir.policy.constraint.Condition;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.term.Action;
import java.util.List;

/**
 * A rule made executable. Conditions keep the order in which they were written.
 *
 * @param names the constraint each condition was written as, for reasons
 */
record CompiledRule(
    String id,
    Rule.Kind kind,
    CreditCode party,
    Action action,
    ProductId target,
    List<Condition> conditions,
    List<String> names,
    List<Obligation> duties) {
  CompiledRule {
    conditions = List.copyOf(conditions);
    names = List.copyOf(names);
    duties = List.copyOf(duties);
  }

  boolean permits(Atom atom) {
    for (Condition condition : conditions) {
      if (!condition.test(atom).permits()) {
        return false;
      }
    }
    return true;
  }

  boolean prohibits(Atom atom) {
    for (Condition condition : conditions) {
      if (!condition.test(atom).prohibits()) {
        return false;
      }
    }
    return true;
  }
}
