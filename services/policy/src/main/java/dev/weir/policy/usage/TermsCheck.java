package dev.weir.policy.usage;

import dev.weir.kernel.data.ColumnRole;
import dev.weir.policy.bundle.Floors;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Rule;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.DomainState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Checks what a contract says outside its rules: parties, products, floors, allotments. */
final class TermsCheck {
  private final ContractTerms terms;
  private final List<Finding> findings;

  TermsCheck(ContractTerms terms, List<Finding> findings) {
    this.terms = terms;
    this.findings = findings;
  }

  void againstFloors(Floors floors) {
    parties();
    products(floors);
    allotments(floors);
    require(terms.minGroup() >= floors.minGroup(), LoadRule.MIN_GROUP, "minGroup");
    Duration term = Duration.between(terms.term().from(), terms.term().to());
    require(
        term.compareTo(Duration.ofDays(floors.maxContractDays())) <= 0,
        LoadRule.CONTRACT_TOO_LONG,
        "term");
    require(
        terms.rules().stream().anyMatch(rule -> rule.kind() == Rule.Kind.PERMISSION),
        LoadRule.NO_PERMISSION,
        "rules");
  }

  void againstDomain(DomainState domain) {
    require(domain.purposes().contains(terms.purpose()), LoadRule.PURPOSE_OUTSIDE_SCENE, "purpose");
    require(
        domain.id().equals(terms.domainId())
            && !terms.term().from().isBefore(domain.term().from())
            && !terms.term().to().isAfter(domain.term().to()),
        LoadRule.OUTSIDE_DOMAIN,
        "term");
    require(terms.price().perCallFen() <= domain.feeCeilingFen(), LoadRule.FEE_CEILING, "price");
    require(
        terms.products().stream()
            .flatMap(product -> product.columns().stream())
            .allMatch(column -> column.column().level() <= domain.ceilingLevel()),
        LoadRule.LEVEL_CEILING,
        "products");
  }

  private void parties() {
    var codes = new HashSet<Object>();
    boolean distinct = terms.parties().stream().map(Party::creditCode).allMatch(codes::add);
    boolean both =
        terms.parties().stream().anyMatch(party -> party.type() == PartyType.PROVIDER)
            && terms.parties().stream().anyMatch(party -> party.type() == PartyType.USER);
    require(distinct && both, LoadRule.PARTIES, "parties");
  }

  private void products(Floors floors) {
    var ids = new HashSet<Object>();
    var names = new HashSet<String>();
    boolean fit = !terms.products().isEmpty();
    for (ProductTerms product : terms.products()) {
      fit &= ids.add(product.id());
      fit &= names.add(product.tableName().toLowerCase(Locale.ROOT));
      fit &= product.domainId().equals(terms.domainId());
      if (product.kind() == ProductKind.EXACT) {
        require(product.minGroup() >= floors.minGroup(), LoadRule.MIN_GROUP, product.tableName());
        require(!namesPersons(product), LoadRule.EXACT_WITH_PERSONS, product.tableName());
      }
    }
    require(fit, LoadRule.PRODUCTS, "products");
  }

  private static boolean namesPersons(ProductTerms product) {
    return product.contribution().isPresent()
        || product.columns().stream()
            .map(column -> column.column().role())
            .anyMatch(
                role -> role == ColumnRole.DIRECT_IDENTIFIER || role == ColumnRole.PERSON_KEY);
  }

  private void allotments(Floors floors) {
    var lineages = new HashSet<Object>();
    boolean fit = true;
    for (Allotment allotment : terms.allotments()) {
      fit &= lineages.add(allotment.lineageId());
      fit &= terms.products().stream().anyMatch(p -> p.lineageId().equals(allotment.lineageId()));
      fit &=
          allotment.nanoRho() <= floors.maxLineageNanoRho()
              && allotment.picoDelta() <= floors.maxLineagePicoDelta();
    }
    require(fit, LoadRule.ALLOTMENT, "allotments");
  }

  private void require(boolean holds, LoadRule rule, String where) {
    if (!holds) {
      findings.add(new Finding(rule, where));
    }
  }
}
