package dev.weir.policy.usage;

import dev.weir.kernel.ProductId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.constraint.Atom;
import dev.weir.policy.constraint.Condition;
import dev.weir.policy.constraint.IpRange;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.decision.Reason;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.UsageRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Weighs the rules of one contract for one use. Confined to one decision. */
final class RuleCheck {
  private final UsageRequest request;
  private final CheckedContract contract;
  private final ContractFacts facts;
  private final PolicyBundle bundle;
  private final List<Atom> atoms;

  RuleCheck(
      UsageRequest request, CheckedContract contract, ContractFacts facts, PolicyBundle bundle) {
    this.request = request;
    this.contract = contract;
    this.facts = facts;
    this.bundle = bundle;
    this.atoms = atoms(request);
  }

  UsageDecision decide() {
    List<CompiledRule> hit = prohibitionsThatApply();
    if (!hit.isEmpty()) {
      return new UsageDecision.Deny(
          hit.stream().map(rule -> Reason.of(EngineRule.PROHIBITION, rule.id())).toList(),
          hit.stream().flatMap(rule -> rule.duties().stream()).distinct().toList(),
          bundle.version());
    }
    var covering = new LinkedHashSet<CompiledRule>();
    var uncovered = new ArrayList<Reason>();
    for (Atom atom : atoms) {
      permissions(atom).stream()
          .filter(rule -> rule.permits(atom))
          .findFirst()
          .ifPresentOrElse(covering::add, () -> uncovered.addAll(missing(atom)));
    }
    return uncovered.isEmpty()
        ? allow(covering)
        : new UsageDecision.DefaultDeny(uncovered.stream().distinct().toList(), bundle.version());
  }

  private UsageDecision allow(Set<CompiledRule> covering) {
    var obligations = new LinkedHashSet<Obligation>();
    covering.forEach(rule -> obligations.addAll(rule.duties()));
    List<CompiledRule> duties = obligationsThatApply();
    // The first duty of an obligation rule is what it asks for; the others are for its breach.
    duties.forEach(rule -> obligations.add(rule.duties().getFirst()));
    List<Obligation> beyond =
        obligations.stream()
            .filter(o -> !request.environment().carriesOut().contains(o.kind()))
            .toList();
    if (!beyond.isEmpty()) {
      return new UsageDecision.Deny(
          beyond.stream()
              .map(o -> Reason.of(EngineRule.OBLIGATION_NOT_CARRIED_OUT, o.rule()))
              .toList(),
          breach(duties, beyond),
          bundle.version());
    }
    var permit =
        new PermitTerms(request, contract, facts, bundle, atoms).permit(List.copyOf(covering));
    return obligations.isEmpty()
        ? new UsageDecision.Allow(permit)
        : new UsageDecision.ConditionalAllow(permit, List.copyOf(obligations));
  }

  private static List<Obligation> breach(List<CompiledRule> duties, List<Obligation> beyond) {
    return duties.stream()
        .filter(rule -> beyond.contains(rule.duties().getFirst()))
        .flatMap(rule -> rule.duties().stream().skip(1))
        .distinct()
        .toList();
  }

  private List<CompiledRule> prohibitionsThatApply() {
    var hit = new LinkedHashSet<CompiledRule>();
    for (Atom atom : atoms) {
      contract.prohibitions(request.subject().party(), request.action(), atom.product()).stream()
          .filter(rule -> rule.prohibits(atom))
          .forEach(hit::add);
    }
    return List.copyOf(hit);
  }

  private List<CompiledRule> obligationsThatApply() {
    var hit = new LinkedHashSet<CompiledRule>();
    for (Atom atom : atoms) {
      contract.obligations(request.subject().party(), atom.product()).stream()
          .filter(rule -> rule.prohibits(atom))
          .forEach(hit::add);
    }
    return List.copyOf(hit);
  }

  private List<CompiledRule> permissions(Atom atom) {
    return contract.permissions(request.subject().party(), request.action(), atom.product());
  }

  /** Which constraints of which permission were not met; or that there is no permission at all. */
  private List<Reason> missing(Atom atom) {
    var reasons = new ArrayList<Reason>();
    for (CompiledRule rule : permissions(atom)) {
      for (int i = 0; i < rule.conditions().size(); i++) {
        Condition condition = rule.conditions().get(i);
        if (!condition.test(atom).permits()) {
          reasons.add(Reason.of(EngineRule.NO_PERMISSION, rule.id() + "/" + rule.names().get(i)));
        }
      }
    }
    return reasons.isEmpty()
        ? List.of(Reason.of(EngineRule.NO_PERMISSION, atom.product().toString()))
        : reasons;
  }

  private static List<Atom> atoms(UsageRequest request) {
    var atoms = new ArrayList<Atom>();
    var environment = request.environment();
    var address = environment.channel().networkAddress().flatMap(IpRange::address);
    for (ProductId product : request.object().products()) {
      var columns = new LinkedHashSet<String>();
      for (ColumnUse use : request.object().columns()) {
        if (use.product().equals(product)) {
          columns.add(use.column());
        }
      }
      columns.forEach(column -> atoms.add(new Atom(environment, address, product, column)));
      if (columns.isEmpty()) {
        atoms.add(new Atom(environment, address, product, null));
      }
    }
    return atoms;
  }
}
