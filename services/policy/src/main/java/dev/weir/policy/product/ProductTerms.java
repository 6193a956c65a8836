package dev.weir.policy.product;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.kernel.Bilingual;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.LineageId;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.ResourceId;
import dev.weir.policy.contract.Price;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a product offers, as reviewed; a contract carries a complete copy. Immutable.
 *
 * @param tableName the name the product has in SQL; lower-case letters, digits, underscore
 * @param contribution for a dp product with a declared person key; without one the protected unit
 *     is the record
 * @param minGroup smallest group of an exact product; not below the bundle's floor
 * @param synthetic whether the records are generated: every page, contract and answer then says so
 * @param rollup the cells kept for encrypted questions; without it the product answers none
 */
public record ProductTerms(
    ProductId id,
    ResourceId resourceId,
    LineageId lineageId,
    DomainId domainId,
    CreditCode provider,
    ProductKind kind,
    String tableName,
    Bilingual title,
    Bilingual description,
    List<ProductColumn> columns,
    Optional<Contribution> contribution,
    int minGroup,
    Price price,
    boolean synthetic,
    Optional<Rollup> rollup) {
  public ProductTerms {
    columns = List.copyOf(columns);
    if (!tableName.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "a table name has 1 to 63 lower-case letters, digits or underscores");
    }
  }

  /** Terms of a product that keeps no cells. */
  public ProductTerms(
      ProductId id,
      ResourceId resourceId,
      LineageId lineageId,
      DomainId domainId,
      CreditCode provider,
      ProductKind kind,
      String tableName,
      Bilingual title,
      Bilingual description,
      List<ProductColumn> columns,
      Optional<Contribution> contribution,
      int minGroup,
      Price price,
      boolean synthetic) {
    this(
        id,
        resourceId,
        lineageId,
        domainId,
        provider,
        kind,
        tableName,
        title,
        description,
        columns,
        contribution,
        minGroup,
        price,
        synthetic,
        Optional.empty());
  }

  /** The same terms with these cells. */
  public ProductTerms with(Rollup cells) {
    return new ProductTerms(
        id,
        resourceId,
        lineageId,
        domainId,
        provider,
        kind,
        tableName,
        title,
        description,
        columns,
        contribution,
        minGroup,
        price,
        synthetic,
        Optional.of(cells));
  }

  public Optional<ProductColumn> column(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return columns.stream()
        .filter(c -> c.column().name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** {@code person} or {@code record}: whose presence the noise hides. */
  @JsonIgnore
  public String protectedUnit() {
    return contribution.isPresent() ? "person" : "record";
  }
}
