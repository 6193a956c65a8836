package dev.weir.policy.usage;

import dev.weir.policy.decision.Obligation;
import dev.weir.policy.decision.Reason;
import java.util.List;

/** Exactly one of the four results of TC609-6-2025-15 §7.1.2.3. */
public sealed interface UsageDecision {
  /** The rule that decided: a contract rule's id when allowed, an engine rule's when not. */
  String ruleId();

  String bundleVersion();

  /** The word evidence uses: allow, conditional, deny or default-deny. */
  String result();

  record Allow(Permit permit) implements UsageDecision {
    @Override
    public String ruleId() {
      return permit.ruleId();
    }

    @Override
    public String bundleVersion() {
      return permit.bundleVersion();
    }

    @Override
    public String result() {
      return "allow";
    }
  }

  /**
   * @param obligations to be carried out in this order with the use; at least one
   */
  record ConditionalAllow(Permit permit, List<Obligation> obligations) implements UsageDecision {
    public ConditionalAllow {
      obligations = List.copyOf(obligations);
    }

    @Override
    public String ruleId() {
      return permit.ruleId();
    }

    @Override
    public String bundleVersion() {
      return permit.bundleVersion();
    }

    @Override
    public String result() {
      return "conditional";
    }
  }

  /**
   * A rule or fact speaks against the use.
   *
   * @param reasons at least one
   * @param remedies what a prohibition asks for when somebody tries
   */
  record Deny(List<Reason> reasons, List<Obligation> remedies, String bundleVersion)
      implements UsageDecision {
    public Deny {
      reasons = List.copyOf(reasons);
      remedies = List.copyOf(remedies);
    }

    @Override
    public String ruleId() {
      return reasons.getFirst().ruleId();
    }

    @Override
    public String result() {
      return "deny";
    }
  }

  /**
   * Nothing speaks for the use.
   *
   * @param reasons at least one
   */
  record DefaultDeny(List<Reason> reasons, String bundleVersion) implements UsageDecision {
    public DefaultDeny {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String ruleId() {
      return reasons.getFirst().ruleId();
    }

    @Override
    public String result() {
      return "default-deny";
    }
  }
}
