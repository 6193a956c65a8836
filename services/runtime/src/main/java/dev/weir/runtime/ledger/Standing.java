package dev.weir.runtime.ledger;

import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Whether a contract may be used, as the ledger knows it at this moment; a spend asks again under
 * lock.
 *
 * @param open false once the account was closed or halted
 * @param until when the terms of contract and domain end
 */
public record Standing(boolean open, Instant until, Set<ProductId> stoppedProducts) {
  /** Of a contract that has no account: nothing may be used under it. */
  public static final Standing NONE = new Standing(false, Instant.EPOCH, Set.of());

  public Standing {
    stoppedProducts = Set.copyOf(stoppedProducts);
  }

  public boolean isOpen(Instant now) {
    return open && now.isBefore(until);
  }

  /** Whether all of the products may be used. */
  public boolean allows(Collection<ProductId> products, Instant now) {
    return isOpen(now) && products.stream().noneMatch(stoppedProducts::contains);
  }
}
