package dev.weir.aggregation.collect;

import dev.weir.aggregation.collect.CollectionRow.Failure;
import dev.weir.runtime.ledger.CollectionCharge;
import java.util.Optional;

/**
 * The ledger of the operation domain: the one account of a contract, from which queries spend too.
 * Thread-safe.
 */
public interface DomainLedger {
  /**
   * Charges a batch once, however often it is asked and by which aggregator. Empty when it is
   * charged; otherwise why it will not be.
   *
   * @throws dev.weir.kernel.ProblemException of type {@code UNAVAILABLE} when that is not known
   */
  Optional<Failure> charge(CollectionCharge charge);
}
