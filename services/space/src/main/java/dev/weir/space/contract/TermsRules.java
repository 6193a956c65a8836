package dev.weir.space.contract;

import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.policy.bundle.PolicyBundle;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.usage.CheckedContract;
import dev.weir.policy.usage.PolicyLoader;
import dev.weir.policy.usage.RefusedContract;
import dev.weir.runtime.signing.SigningSuite;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Violations;
import dev.weir.space.domain.OperationDomain;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What terms must keep to, at every round and again at signing: the policy can be enforced whole,
 * and budget and price fit the products. Thread-safe.
 */
final class TermsRules {
  /** A snapshot of the contract travels in one message below 1 MiB. */
  private static final int MAX_TERMS_BYTES = 512 << 10;

  private final PolicyBundle bundle;

  TermsRules(PolicyBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * @return the bytes that the parties sign
   * @throws ProblemException VALIDATION_FAILED with {@code violations}, or POLICY_UNENFORCEABLE
   *     with {@code findings}
   */
  byte[] check(ContractTerms terms, OperationDomain domain, Instant now) {
    var violations = new Violations();
    checkTexts(terms, violations);
    violations.require(now.isBefore(terms.term().to()), "term: has not ended yet");
    checkAllotments(terms, violations);
    checkPrice(terms, domain, violations);
    violations.refuse("The contract's terms break rules.");
    checkPolicy(terms, domain);
    byte[] bytes = Documents.canonical(terms);
    if (bytes.length > MAX_TERMS_BYTES) {
      throw new ProblemException(
          ProblemType.VALIDATION_FAILED,
          "The contract's terms are larger than the limit.",
          Map.of("maxBytes", MAX_TERMS_BYTES));
    }
    return bytes;
  }

  private static void checkTexts(ContractTerms terms, Violations violations) {
    violations.require(
        !terms.name().isBlank() && terms.name().length() <= 200, "name: 1 to 200 characters");
    violations.require(terms.summary().length() <= 4000, "summary: at most 4000 characters");
    violations.require(Set.of("01", "02").contains(terms.signMode()), "sign-mode: 01 or 02");
    violations.require(
        Set.of(SigningSuite.GM.name(), SigningSuite.INTL.name()).contains(terms.suite()),
        "suite: gm or intl");
  }

  private static void checkAllotments(ContractTerms terms, Violations violations) {
    Set<LineageId> noised =
        terms.products().stream()
            .filter(product -> product.kind() == ProductKind.DP)
            .map(ProductTerms::lineageId)
            .collect(Collectors.toSet());
    Set<LineageId> allotted =
        terms.allotments().stream()
            .filter(allotment -> allotment.nanoRho() > 0)
            .map(Allotment::lineageId)
            .collect(Collectors.toSet());
    violations.require(
        allotted.containsAll(noised),
        "allotments: every lineage of a dp product has one above zero");
    violations.require(
        allotted.size() == terms.allotments().size(),
        "allotments: one for each lineage, above zero");
  }

  private static void checkPrice(
      ContractTerms terms, OperationDomain domain, Violations violations) {
    long ceiling = domain.proposal().feeCeilingFen();
    violations.require(
        terms.price().perCallFen() <= ceiling && terms.price().perRhoFen() <= ceiling,
        "fee-ceiling: at most " + ceiling + " fen a call and a unit of rho");
    int floor =
        terms.products().stream()
            .filter(product -> product.kind() == ProductKind.EXACT)
            .mapToInt(ProductTerms::minGroup)
            .max()
            .orElse(0);
    violations.require(terms.minGroup() >= floor, "min-group: at least " + floor);
  }

  private void checkPolicy(ContractTerms terms, OperationDomain domain) {
    switch (PolicyLoader.check(terms, domain.state(), bundle)) {
      case CheckedContract enforced -> {}
      case RefusedContract refused -> {
        var findings =
            refused.findings().stream()
                .filter(finding -> !finding.rule().isWarning())
                .map(finding -> finding.rule().id() + ": " + finding.where())
                .toList();
        throw new ProblemException(
            ProblemType.POLICY_UNENFORCEABLE,
            "The contract's policy conflicts or cannot be enforced as written.",
            Map.of("findings", findings));
      }
    }
  }
}
