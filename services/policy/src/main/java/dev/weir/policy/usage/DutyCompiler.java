package dev.weir.policy.usage;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns duties into obligations an enforcement point can carry out. */
final class DutyCompiler {
  private final PolicyBundle bundle;

  DutyCompiler(PolicyBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * A duty of a rule. Deleting goes with a permitted use only; where nothing was used there is
   * nothing to delete.
   */
  Optional<Obligation> duty(Rule rule, Duty duty) {
    Optional<Action> action = Action.find(duty.action());
    if (action.isEmpty() || !bundle.enforcement().enforcesDuty(action.get())) {
      return Optional.empty();
    }
    boolean permission = rule.kind() == Rule.Kind.PERMISSION;
    return action.get() == Action.DELETE && !permission
        ? Optional.empty()
        : obligation(rule.id(), action.get(), duty.constraints());
  }

  /** What an obligation rule asks for; its own constraints say when, except for deleting. */
  Optional<Obligation> ofRule(Rule rule, Action action) {
    return obligation(rule.id(), action, action == Action.DELETE ? rule.constraints() : List.of());
  }

  private static Optional<Obligation> obligation(
      String rule, Action action, List<Constraint> constraints) {
    if (action == Action.DELETE) {
      return deadline(constraints).map(after -> new Obligation.DeleteAnswer(rule, after));
    }
    if (!constraints.isEmpty()) {
      return Optional.empty();
    }
    return action == Action.ALERT
        ? Optional.of(new Obligation.AlertProvider(rule))
        : Optional.of(new Obligation.SendLogRecord(rule));
  }

  /** One constraint {@code time lteq P30D}: at the latest this long after the use. */
  private static Optional<Duration> deadline(List<Constraint> constraints) {
    if (constraints.size() != 1) {
      return Optional.empty();
    }
    Constraint only = constraints.getFirst();
    boolean fits =
        ConstraintName.find(only.name()).equals(Optional.of(ConstraintName.TIME))
            && Operator.find(only.operator()).equals(Optional.of(Operator.LTEQ))
            && only.values().size() == 1;
    try {
      return fits
          ? Optional.of(Duration.parse(only.values().getFirst())).filter(Duration::isPositive)
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
