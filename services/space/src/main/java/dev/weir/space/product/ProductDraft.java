package dev.weir.space.product;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Price;
import dev.weir.policy.product.Contribution;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import dev.weir.policy.product.Rollup;
import dev.weir.space.resource.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What the provider writes of a product; the service adds ids, lineage, domain and provider.
 *
 * @param topic the subject heading it is found under
 * @param columns the columns offered, as they are after treatment
 * @param rollup the cells kept for encrypted questions
 */
public record ProductDraft(
    ResourceId resourceId,
    ProductKind kind,
    String tableName,
    Bilingual title,
    Bilingual description,
    String topic,
    List<ProductColumn> columns,
    Optional<Contribution> contribution,
    int minGroup,
    Price price,
    Optional<Rollup> rollup) {
  public ProductDraft {
    columns = List.copyOf(columns);
  }

  /**
   * @param resource authorised into a domain
   */
  ProductTerms terms(ProductId id, Resource resource) {
    return new ProductTerms(
        id,
        resourceId,
        resource.lineageId(),
        resource.domainId().orElseThrow(),
        resource.provider(),
        kind,
        tableName,
        title,
        description,
        columns,
        contribution,
        minGroup,
        price,
        resource.synthetic(),
        rollup);
  }
}
