package dev.weir.runtime.ledger;

import dev.weir.kernel.ProblemException;
import java.util.Optional;

/**
 * The ledger of the operation domain as another operator reaches it: the one account of a contract,
 * from which queries spend too. Thread-safe.
 */
public interface Charges {
  /**
   * Charges once, however often it is asked and by whom. Empty when it is charged; otherwise why it
   * will not be.
   *
   * @throws ProblemException of type {@code UNAVAILABLE} when that is not known
   */
  Optional<ProblemException> charge(CollectionCharge charge);
}
