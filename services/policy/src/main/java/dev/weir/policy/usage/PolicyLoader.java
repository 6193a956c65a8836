package dev.weir.policy.usage;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.DomainState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Loads a contract's policy: every term is either enforced or the contract is refused, and
 * conflicts come to light before anybody signs (TC609-6-2025-15 §7.1.2.2).
 */
public final class PolicyLoader {
  private PolicyLoader() {}

  /** Checks the terms by themselves; enough to decide by once they were signed. */
  public static LoadedPolicy check(ContractTerms terms, PolicyBundle bundle) {
    return check(terms, bundle, new ArrayList<>());
  }

  /** Checks the terms against the operation domain too, before they are proposed or signed. */
  public static LoadedPolicy check(ContractTerms terms, DomainState domain, PolicyBundle bundle) {
    var findings = new ArrayList<Finding>();
    new TermsCheck(terms, findings).againstDomain(domain);
    return check(terms, bundle, findings);
  }

  private static LoadedPolicy check(
      ContractTerms terms, PolicyBundle bundle, List<Finding> findings) {
    new TermsCheck(terms, findings).againstFloors(bundle.floors());
    List<CompiledRule> rules = compile(terms, bundle, findings);
    new ConflictCheck(terms, findings).run(rules);
    return findings.stream().allMatch(finding -> finding.rule().isWarning())
        ? new CheckedContract(terms, rules, findings)
        : new RefusedContract(terms, findings);
  }

  private static List<CompiledRule> compile(
      ContractTerms terms, PolicyBundle bundle, List<Finding> findings) {
    var compiler = new RuleCompiler(bundle, findings);
    var rules = new ArrayList<CompiledRule>();
    Set<String> ids = new HashSet<>();
    for (Rule rule : terms.rules()) {
      if (!ids.add(rule.id())) {
        findings.add(new Finding(LoadRule.DUPLICATE_RULE, rule.id()));
      }
      if (terms.parties().stream().noneMatch(p -> p.creditCode().equals(rule.party()))) {
        findings.add(new Finding(LoadRule.RULE_PARTY, rule.id()));
      }
      Optional<ProductTerms> target =
          terms.products().stream().filter(p -> p.id().equals(rule.target())).findFirst();
      if (target.isEmpty()) {
        findings.add(new Finding(LoadRule.RULE_TARGET, rule.id()));
      } else {
        compiler.compile(rule, target.get()).ifPresent(rules::add);
      }
    }
    return rules;
  }
}
