package dev.weir.policy.product;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.data.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column as a product offers it.
 *
 * @param column its type and grade
 * @param grants who may use it how; a party without a grant may not use it at all
 * @param bounds for measures of a dp product; absent means it cannot be summed
 * @param keyDomain for group keys of a dp product; absent means it cannot be grouped by
 * @param unique the provider's word that no value occurs twice; joins may rest on it, and then take
 *     at most one record per value whatever was stored: of an exact product the first by record id,
 *     of a dp product none of those that share a value
 */
public record ProductColumn(
    Column column,
    List<Grant> grants,
    Optional<MeasureBounds> bounds,
    Optional<KeyDomain> keyDomain,
    boolean unique) {
  public ProductColumn {
    grants = List.copyOf(grants);
  }

  /**
   * @param party empty for every party of the contract
   */
  public record Grant(Optional<CreditCode> party, Set<ColumnConstraint> constraints) {
    public Grant {
      constraints = Set.copyOf(constraints);
    }
  }
}
