package dev.weir.space.contract;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.Term;
import dev.weir.policy.contract.Allotment;
import dev.weir.policy.contract.Price;
import dev.weir.policy.contract.Rule;
import java.util.List;

/**
 * What a party writes of a contract; the service adds id, code, round, parties and complete copies
 * of the products.
 *
 * @param signMode 01 point to point, 02 through the platform
 * @param suite {@code gm} or {@code intl}
 * @param products ids of listed products of one domain, 1 to 20
 * @param services parties of type 03, besides the providers and the consumer
 * @param allotments one for each lineage of a dp product
 */
public record ContractDraft(
    String name,
    String summary,
    String signMode,
    String suite,
    Term term,
    DomainId domainId,
    String purpose,
    List<ProductId> products,
    List<CreditCode> services,
    List<Rule> rules,
    List<Allotment> allotments,
    Price price,
    int minGroup) {
  public ContractDraft {
    products = List.copyOf(products);
    services = List.copyOf(services);
    rules = List.copyOf(rules);
    allotments = List.copyOf(allotments);
  }
}
