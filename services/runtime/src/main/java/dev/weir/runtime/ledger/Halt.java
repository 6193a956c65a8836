package dev.weir.runtime.ledger;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;

/** What is stopped, for every contract that rests on it now; a later contract is not touched. */
public sealed interface Halt {

  /** One product under one contract. */
  record ProductOfContract(ContractId contractId, ProductId productId) implements Halt {}

  /** A product that was delisted. */
  record Product(ProductId productId) implements Halt {}

  /** A resource that was cancelled, prohibited or taken out of its domain. */
  record Resource(ResourceId resourceId) implements Halt {}

  /** A domain that closed. */
  record Domain(DomainId domainId) implements Halt {}

  /** A participant that was suspended, as a party or as the domain's operating body. */
  record Participant(CreditCode creditCode) implements Halt {}
}
