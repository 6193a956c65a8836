package dev.weir.space.product;

import dev.weir.kernel.data.ColumnRole;
import dev.weir.kernel.data.ColumnType;
import dev.weir.policy.product.KeyDomain;
import dev.weir.policy.product.MeasureBounds;
import dev.weir.policy.product.ProductColumn;
import dev.weir.policy.product.ProductKind;
import dev.weir.policy.product.ProductTerms;
import java.util.List;
import java.util.Optional;

/**
 * What a consumer needs to write a query: columns, types, permitted uses, bounds, key domains, and
 * whose presence the answers hide.
 *
 * @param protectedUnit {@code person}, {@code record}, or {@code none} for an exact product
 */
public record DataDictionary(
    String tableName,
    ProductKind kind,
    String protectedUnit,
    boolean synthetic,
    List<Entry> columns) {
  public DataDictionary {
    columns = List.copyOf(columns);
  }

  /**
   * @param level 1 to 5
   * @param dependsOnData whether the bounds were taken from a profile instead of declared
   */
  public record Entry(
      String name,
      ColumnType type,
      int scale,
      boolean nullable,
      ColumnRole role,
      int level,
      String description,
      List<ProductColumn.Grant> grants,
      Optional<MeasureBounds> bounds,
      Optional<KeyDomain> keyDomain,
      boolean dependsOnData) {}

  static DataDictionary of(ProductTerms terms) {
    String unit =
        switch (terms.kind()) {
          case EXACT -> "none";
          case DP -> terms.protectedUnit();
        };
    return new DataDictionary(
        terms.tableName(),
        terms.kind(),
        unit,
        terms.synthetic(),
        terms.columns().stream().map(DataDictionary::entry).toList());
  }

  private static Entry entry(ProductColumn offered) {
    var column = offered.column();
    return new Entry(
        column.name(),
        column.type(),
        column.scale(),
        column.nullable(),
        column.role(),
        column.level(),
        column.description(),
        offered.grants(),
        offered.bounds(),
        offered.keyDomain(),
        offered.bounds().map(MeasureBounds::dependsOnData).orElse(false));
  }
}
