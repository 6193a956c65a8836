package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.ContractTerms;
import dev.weir.policy.contract.Party;
import dev.weir.policy.contract.PartyType;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.state.DomainState;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the ledger keeps of a signed contract.
 *
 * @param consumer who spends
 * @param parties who may read the account and its leaves, the consumer among them
 * @param allotments at most one for each lineage
 * @param scope what it rests on
 */
public record ContractAccount(
    ContractId contractId,
    CreditCode consumer,
    SortedSet<CreditCode> parties,
    List<Allotment> allotments,
    Price price,
    AccountScope scope) {
  public ContractAccount {
    var all = new TreeSet<>(parties);
    all.add(consumer);
    parties = Collections.unmodifiableSortedSet(all);
    allotments = List.copyOf(allotments);
    if (allotments.stream().map(Allotment::lineageId).distinct().count() != allotments.size()) {
      throw new IllegalArgumentException("a lineage is allotted once");
    }
  }

  /**
   * The account of signed terms in their domain; the consumer is the party of type 02.
   *
   * @throws IllegalArgumentException when there is not exactly one
   */
  public static ContractAccount of(ContractTerms terms, DomainState domain) {
    var users = terms.parties().stream().filter(party -> party.type() == PartyType.USER).toList();
    if (users.size() != 1) {
      throw new IllegalArgumentException("a contract has one using party");
    }
    var parties = new TreeSet<>(terms.parties().stream().map(Party::creditCode).toList());
    return new ContractAccount(
        terms.id(),
        users.getFirst().creditCode(),
        parties,
        terms.allotments(),
        terms.price(),
        scope(terms, domain));
  }

  private static AccountScope scope(ContractTerms terms, DomainState domain) {
    var until = Collections.min(List.of(terms.term().to(), domain.term().to()));
    return new AccountScope(
        domain.id(),
        domain.operator(),
        terms.products().stream()
            .collect(Collectors.toMap(ProductTerms::id, ProductTerms::resourceId)),
        until);
  }
}
