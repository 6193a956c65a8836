package dev.weir.space.contract;

import dev.weir.kernel.ProductId;
import dev.weir.space.change.Hand;
import java.util.Optional;

/**
 * One abnormal stop.
 *
 * @param productId the product stopped; absent when the whole contract was
 * @param note in the words of whoever stopped it
 */
public record Stop(Reason reason, Optional<ProductId> productId, Optional<String> note, Hand by) {

  /** Why a provider or operator stops a contract. */
  public enum Reason {
    /** Used against the contract. */
    BREACH,
    /** A risk to persons, public interest or security was detected. */
    RISK,
    /** The data are wrong or were withdrawn. */
    DATA_DEFECT,
    /** The law or an authority asks for it. */
    LEGAL,
    OTHER
  }
}
