package dev.weir.policy.usage;

import dev.weir.policy.constraint.Condition;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds rules that can never apply, and permissions that prohibitions cover or overlap. */
final class ConflictCheck {
  private final ContractTerms terms;
  private final List<Finding> findings;

  ConflictCheck(ContractTerms terms, List<Finding> findings) {
    this.terms = terms;
    this.findings = findings;
  }

  void run(List<CompiledRule> rules) {
    var never = Reach.never(rules);
    for (CompiledRule rule : rules) {
      boolean permission = rule.kind() == Rule.Kind.PERMISSION;
      if (never.contains(rule) || feasibility(rule, permission).impossible(rule.conditions())) {
        findings.add(new Finding(LoadRule.IMPOSSIBLE_RULE, rule.id()));
      } else if (permission) {
        rules.stream()
            .filter(other -> other.kind() == Rule.Kind.PROHIBITION && sameSpace(rule, other))
            .forEach(prohibition -> compare(rule, prohibition));
      }
    }
  }

  private void compare(CompiledRule permission, CompiledRule prohibition) {
    String where = permission.id() + "/" + prohibition.id();
    if (new HashSet<>(permission.conditions()).containsAll(prohibition.conditions())) {
      findings.add(new Finding(LoadRule.SHADOWED_PERMISSION, where));
      return;
    }
    var both = new ArrayList<Condition>(permission.conditions());
    both.addAll(prohibition.conditions());
    if (!feasibility(permission, true).impossible(both)) {
      findings.add(new Finding(LoadRule.OVERLAP, where));
    }
  }

  private static boolean sameSpace(CompiledRule one, CompiledRule other) {
    return one.party().equals(other.party())
        && one.action() == other.action()
        && one.target().equals(other.target());
  }

  /** A permission works only within the contract's term and purpose; a prohibition may say more. */
  private Feasibility feasibility(CompiledRule rule, boolean withinContract) {
    return new Feasibility(
        withinContract ? Optional.of(terms.term()) : Optional.empty(),
        columns(rule),
        withinContract ? Set.of(terms.purpose()) : Set.of());
  }

  private Set<String> columns(CompiledRule rule) {
    return terms.products().stream()
        .filter(product -> product.id().equals(rule.target()))
        .map(ProductTerms::columns)
        .flatMap(List::stream)
        .map(column -> column.column().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
