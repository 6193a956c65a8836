package dev.weir.policy.decision;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.policy.term.Action;
import java.time.Duration;
import java.util.Optional;

/**
 * A condition that held on the facts of the request but may have been overtaken: the transaction
 * that commits the use checks it again under its lock, and refuses when it no longer holds.
 */
public sealed interface Recheck {
  /** The contract rule that sets the limit. */
  String rule();

  /**
   * Uses of the product by the party with the action under the contract, this one included, may not
   * exceed {@code maxUses}.
   *
   * @param window sliding, ending at the commit; absent for the whole contract
   */
  record UseLimit(
      String rule,
      CreditCode party,
      Action action,
      ProductId product,
      long maxUses,
      Optional<Duration> window)
      implements Recheck {}

  /** The charge of this use may not exceed {@code maxFen}. */
  record ChargeLimit(String rule, long maxFen) implements Recheck {}
}
