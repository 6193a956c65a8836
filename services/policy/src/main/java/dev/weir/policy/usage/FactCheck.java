package dev.weir.policy.usage;

import dev.weir.kernel.ProductId;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Party;
import dev.weir.policy.decision.EngineRule;
import dev.weir.policy.decision.Reason;
import dev.weir.policy.product.ColumnConstraint;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.request.ColumnUse;
import dev.weir.policy.request.UsageRequest;
import dev.weir.policy.request.UseClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be said of a use before any rule of the contract is read. */
final class FactCheck {
  private FactCheck() {}

  /** Things the contract does not speak of: action, party, product, column. */
  static List<Reason> unknown(UsageRequest request, CheckedContract contract, PolicyBundle bundle) {
    var reasons = new ArrayList<Reason>();
    if (!bundle.enforcement().enforces(request.action())) {
      reasons.add(Reason.of(EngineRule.ACTION_UNKNOWN, request.action().standardName()));
    }
    if (contract.party(request.subject().party()).isEmpty()) {
      reasons.add(Reason.of(EngineRule.NOT_A_PARTY, ""));
    }
    for (ProductId product : request.object().products()) {
      if (contract.product(product).isEmpty()) {
        reasons.add(Reason.of(EngineRule.PRODUCT_NOT_IN_CONTRACT, product.toString()));
      }
    }
    for (ColumnUse use : request.object().columns()) {
      if (contract.product(use.product()).flatMap(p -> p.column(use.column())).isEmpty()) {
        reasons.add(Reason.of(EngineRule.COLUMN_UNKNOWN, use.column()));
      }
    }
    return reasons;
  }

  /** Facts that speak against the use; party, products and columns are known by now. */
  static List<Reason> against(
      UsageRequest request, CheckedContract contract, ContractFacts facts, PolicyBundle bundle) {
    var reasons = new ArrayList<Reason>();
    var subject = request.subject();
    if (!contract
        .party(subject.party())
        .map(Party::type)
        .map(type -> bundle.mayAct(request.action(), subject.roles(), type))
        .orElse(false)) {
      reasons.add(Reason.of(EngineRule.ROLE_NOT_ALLOWED, request.action().standardName()));
    }
    Instant now = request.environment().now();
    if (!facts.inForce() || !facts.contract().equals(contract.terms().id())) {
      reasons.add(Reason.of(EngineRule.CONTRACT_NOT_IN_FORCE, contract.terms().id().toString()));
    }
    if (!contract.terms().term().contains(now)) {
      reasons.add(Reason.of(EngineRule.CONTRACT_TERM, contract.terms().id().toString()));
    }
    if (!facts.domainActive() || !facts.domainTerm().contains(now)) {
      reasons.add(Reason.of(EngineRule.DOMAIN_NOT_ACTIVE, contract.terms().domainId().toString()));
    }
    String purpose = request.environment().purpose();
    if (!purpose.equals(contract.terms().purpose()) || !facts.purposes().contains(purpose)) {
      reasons.add(Reason.of(EngineRule.PURPOSE_BOUND, ""));
    }
    for (ProductId product : request.object().products()) {
      if (facts.stoppedProducts().contains(product)) {
        reasons.add(Reason.of(EngineRule.PRODUCT_STOPPED, product.toString()));
      }
    }
    columns(request, contract, reasons);
    return reasons;
  }

  private static void columns(
      UsageRequest request, CheckedContract contract, List<Reason> reasons) {
    for (ColumnUse use : request.object().columns()) {
      Set<ColumnConstraint> granted = granted(request, contract, use);
      String about =
          contract.product(use.product()).map(ProductTerms::tableName).orElse("")
              + "."
              + use.column();
      if (granted.contains(ColumnConstraint.NEVER)) {
        reasons.add(Reason.of(EngineRule.COLUMN_NEVER, about));
      } else if (!mayBe(granted, use.use())) {
        reasons.add(Reason.of(EngineRule.COLUMN_NOT_GRANTED, about));
      }
    }
  }

  private static Set<ColumnConstraint> granted(
      UsageRequest request, CheckedContract contract, ColumnUse use) {
    var granted = EnumSet.noneOf(ColumnConstraint.class);
    contract.product(use.product()).flatMap(p -> p.column(use.column())).stream()
        .map(ProductColumn::grants)
        .flatMap(List::stream)
        .filter(grant -> grant.party().map(request.subject().party()::equals).orElse(true))
        .forEach(grant -> granted.addAll(grant.constraints()));
    return granted;
  }

  /**
   * What must hold whatever the plan looks like: some grant, and a key for joining only joins. The
   * plan checker applies the finer constraints, which need to know what a value went through.
   */
  private static boolean mayBe(Set<ColumnConstraint> granted, UseClass use) {
    boolean joinOnly = granted.equals(EnumSet.of(ColumnConstraint.JOIN_KEY_ONLY));
    return !granted.isEmpty() && (!joinOnly || use == UseClass.JOINED);
  }
}
