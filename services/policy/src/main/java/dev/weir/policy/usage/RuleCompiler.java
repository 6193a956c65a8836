package dev.weir.policy.usage;

import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.constraint.Condition;
import dev.weir.policy.constraint.ConditionParser;
import dev.weir.policy.constraint.TokenCondition;
import dev.weir.policy.contract.Constraint;
import dev.weir.policy.contract.Duty;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.decision.Obligation;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.term.Action;
import dev.weir.policy.term.ConstraintName;
import dev.weir.policy.term.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles rules one by one and notes every term that cannot be enforced. */
final class RuleCompiler {
  private final PolicyBundle bundle;
  private final DutyCompiler duties;
  private final List<Finding> findings;

  RuleCompiler(PolicyBundle bundle, List<Finding> findings) {
    this.bundle = bundle;
    this.duties = new DutyCompiler(bundle);
    this.findings = findings;
  }

  /** Empty when something was found. */
  Optional<CompiledRule> compile(Rule rule, ProductTerms product) {
    int before = findings.size();
    Optional<Action> action = action(rule);
    if (action.isEmpty()) {
      return Optional.empty();
    }
    boolean obligation = rule.kind() == Rule.Kind.OBLIGATION;
    var conditions = new ArrayList<Condition>();
    var names = new ArrayList<String>();
    boolean parameterOnly = obligation && action.get() == Action.DELETE;
    for (Constraint constraint : parameterOnly ? List.<Constraint>of() : rule.constraints()) {
      condition(rule, obligation ? Action.COMPUTE : action.get(), constraint, product)
          .ifPresent(condition -> {
            conditions.add(condition);
            names.add(constraint.name());
          });
    }
    List<Obligation> obligations = obligations(rule, action.get());
    return findings.size() > before
        ? Optional.empty()
        : Optional.of(
            new CompiledRule(
                rule.id(),
                rule.kind(),
                rule.party(),
                action.get(),
                rule.target(),
                conditions,
                names,
                obligations));
  }

  private Optional<Action> action(Rule rule) {
    Optional<Action> action = Action.find(rule.action());
    if (action.isEmpty()) {
      found(LoadRule.UNKNOWN_ACTION, rule.id());
      return action;
    }
    boolean enforced =
        rule.kind() == Rule.Kind.OBLIGATION
            ? bundle.enforcement().enforcesDuty(action.get())
            : bundle.enforcement().enforces(action.get());
    if (!enforced) {
      found(
          rule.kind() == Rule.Kind.OBLIGATION
              ? LoadRule.UNOBSERVABLE_DUTY
              : LoadRule.UNOBSERVABLE_ACTION,
          rule.id());
      return Optional.empty();
    }
    return action;
  }

  private Optional<Condition> condition(
      Rule rule, Action action, Constraint constraint, ProductTerms product) {
    String where = rule.id() + "/" + constraint.name();
    Optional<ConstraintName> name = ConstraintName.find(constraint.name());
    Optional<Operator> operator = Operator.find(constraint.operator());
    if (name.isEmpty() || operator.isEmpty()) {
      found(name.isEmpty() ? LoadRule.UNKNOWN_CONSTRAINT : LoadRule.UNKNOWN_OPERATOR, where);
      return Optional.empty();
    }
    if (!bundle.enforcement().enforces(action, name.get(), operator.get())) {
      found(LoadRule.UNOBSERVABLE_CONSTRAINT, where);
      return Optional.empty();
    }
    boolean named = name.get() == ConstraintName.EXPANSION_ITEM;
    if (named != !constraint.item().isEmpty()
        || (named && !bundle.enforcement().enforcesItem(constraint.item()))) {
      found(LoadRule.UNKNOWN_ITEM, where);
      return Optional.empty();
    }
    Optional<Condition> condition =
        ConditionParser.parse(name.get(), operator.get(), constraint.values());
    if (condition.isEmpty()) {
      found(LoadRule.BAD_VALUE, where);
    } else if (namesForeignColumn(condition.get(), product)) {
      found(LoadRule.UNKNOWN_COLUMN, where);
      return Optional.empty();
    }
    return condition;
  }

  private static boolean namesForeignColumn(Condition condition, ProductTerms product) {
    return condition instanceof TokenCondition tokens
        && tokens.attribute() == TokenCondition.Attribute.DATA_FIELD
        && tokens.values().stream().anyMatch(column -> product.column(column).isEmpty());
  }

  private List<Obligation> obligations(Rule rule, Action action) {
    var obligations = new ArrayList<Obligation>();
    if (rule.kind() == Rule.Kind.OBLIGATION) {
      duties
          .ofRule(rule, action)
          .ifPresentOrElse(obligations::add, () -> found(LoadRule.UNOBSERVABLE_DUTY, rule.id()));
    }
    for (Duty duty : rule.duties()) {
      duties
          .duty(rule, duty)
          .ifPresentOrElse(
              obligations::add,
              () -> found(LoadRule.UNOBSERVABLE_DUTY, rule.id() + "/" + duty.action()));
    }
    return obligations;
  }

  private void found(LoadRule rule, String where) {
    findings.add(new Finding(rule, where));
  }
}
