package dev.weir.policy.contract;

import dev.weir.kernel.ContractCode;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.Term;
import dev.weir.policy.product.ProductTerms;
import java.util.List;

/**
 * What the parties of a digital contract sign (TC609-6-2025-14 §6): its RFC 8785 bytes are the
 * bytes under every signature. Immutable.
 *
 * @param signMode 01 point to point, 02 through the platform
 * @param suite {@code gm} (SM2 over SM3) or {@code intl} (Ed25519)
 * @param round the negotiation round these terms come from, starting at 1
 * @param purpose bound to the approved use scene of the domain
 * @param products the products as offered when these terms were written, complete, so that a later
 *     change of a product changes no contract
 * @param minGroup the smallest group an exact answer may rest on; not below the bundle's floor
 */
public record ContractTerms(
    ContractId id,
    ContractCode code,
    String name,
    String summary,
    String signMode,
    String suite,
    int round,
    Term term,
    DomainId domainId,
    String purpose,
    List<Party> parties,
    List<ProductTerms> products,
    List<Rule> rules,
    List<Allotment> allotments,
    Price price,
    int minGroup) {
  public ContractTerms {
    parties = List.copyOf(parties);
    products = List.copyOf(products);
    rules = List.copyOf(rules);
    allotments = List.copyOf(allotments);
  }
}
