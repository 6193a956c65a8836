package dev.weir.runtime.ledger;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import java.time.Instant;
import java.util.Map;

/**
 * What a contract rests on: when any of it is stopped, so are spends.
 *
 * @param operator the operating body of the domain
 * @param products the resource behind each product of the contract
 * @param until when contract or domain end by their terms, whichever comes first
 */
public record AccountScope(
    DomainId domainId, CreditCode operator, Map<ProductId, ResourceId> products, Instant until) {
  public AccountScope {
    products = Map.copyOf(products);
  }
}
