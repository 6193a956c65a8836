package dev.weir.policy.state;

import dev.weir.kernel.IdentificationCode;
import dev.weir.policy.product.ProductTerms;
import java.util.Optional;

/** A data product. Topic {@code space.products}, key the product's id. */
public record ProductState(
    ProductTerms terms, long version, Optional<IdentificationCode> code, Status status) {
  /**
   * draft → submitted → reviewed → coded → listed → delisted; a rejected one goes back to draft.
   */
  public enum Status {
    DRAFT,
    SUBMITTED,
    REVIEWED,
    CODED,
    LISTED,
    DELISTED
  }
}
