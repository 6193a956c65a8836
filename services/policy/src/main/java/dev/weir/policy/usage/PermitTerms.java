package dev.weir.policy.usage;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.constraint.Atom;
import dev.weir.policy.constraint.Condition;
import dev.weir.policy.constraint.Limit;
import dev.weir.policy.constraint.TimeBound;
import dev.weir.policy.decision.Recheck;
import dev.weir.policy.request.UsageRequest;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out until when a permit holds and what the committing transaction checks again. */
final class PermitTerms {
  private final UsageRequest request;
  private final CheckedContract contract;
  private final ContractFacts facts;
  private final PolicyBundle bundle;
  private final List<Atom> atoms;
  private final Set<Recheck> rechecks = new LinkedHashSet<>();
  private Instant expires;

  PermitTerms(
      UsageRequest request,
      CheckedContract contract,
      ContractFacts facts,
      PolicyBundle bundle,
      List<Atom> atoms) {
    this.request = request;
    this.contract = contract;
    this.facts = facts;
    this.bundle = bundle;
    this.atoms = atoms;
    this.expires = request.environment().now().plus(bundle.floors().permitLife());
  }

  Permit permit(List<CompiledRule> covering) {
    notAfter(contract.terms().term().to());
    notAfter(facts.domainTerm().to());
    for (CompiledRule rule : covering) {
      rule.conditions().forEach(condition -> keepBelow(rule, condition));
    }
    for (Atom atom : atoms) {
      contract
          .prohibitions(request.subject().party(), request.action(), atom.product())
          .forEach(rule -> keepClear(rule, atom));
    }
    return new Permit(
        contract.terms().id(),
        request,
        expires,
        List.copyOf(rechecks),
        covering.getFirst().id(),
        bundle.version());
  }

  /** A permission's upper limits must still hold when the use is committed. */
  private void keepBelow(CompiledRule rule, Condition condition) {
    if (condition instanceof TimeBound bound && bound.compare().isUpper()) {
      notAfter(bound.compare().isStrict() ? bound.bound() : bound.bound().plusNanos(1));
    }
    if (condition instanceof Limit limit && limit.compare().isUpper()) {
      recheck(rule, limit, limit.amount() - (limit.compare().isStrict() ? 1 : 0));
    }
  }

  /**
   * A prohibition that is held off only by a lower limit not yet reached applies once it is
   * reached.
   */
  private void keepClear(CompiledRule rule, Atom atom) {
    for (Condition other : rule.conditions()) {
      if (!grows(other) && !other.test(atom).prohibits()) {
        return;
      }
    }
    for (Condition held : rule.conditions()) {
      if (!grows(held) || held.test(atom).prohibits()) {
        continue;
      }
      if (held instanceof TimeBound bound) {
        notAfter(bound.compare().isStrict() ? bound.bound().plusNanos(1) : bound.bound());
      } else if (held instanceof Limit limit) {
        recheck(rule, limit, limit.amount() - (limit.compare().isStrict() ? 0 : 1));
      }
    }
  }

  /** Whether time or use can turn the condition from false to true. */
  private static boolean grows(Condition condition) {
    return (condition instanceof TimeBound bound && !bound.compare().isUpper())
        || (condition instanceof Limit limit && !limit.compare().isUpper());
  }

  private void recheck(CompiledRule rule, Limit limit, long most) {
    rechecks.add(
        switch (limit.scale()) {
          case Limit.Scale.Charge ignored -> new Recheck.ChargeLimit(rule.id(), most);
          case Limit.Scale.Uses ignored -> useLimit(rule, most, Optional.empty());
          case Limit.Scale.UsesWithin uses -> useLimit(rule, most, Optional.of(uses.window()));
        });
  }

  private Recheck useLimit(CompiledRule rule, long most, Optional<java.time.Duration> window) {
    return new Recheck.UseLimit(
        rule.id(), rule.party(), rule.action(), rule.target(), most, window);
  }

  private void notAfter(Instant end) {
    if (end.isBefore(expires)) {
      expires = end;
    }
  }
}
