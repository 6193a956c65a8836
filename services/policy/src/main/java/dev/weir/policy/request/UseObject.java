package dev.weir.policy.request;

import dev.weir.kernel.ProductId;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be used.
 *
 * @param products at least one
 * @param columns every use of every column, each of one of the products; empty when no column is
 *     touched, as in counting all records
 */
public record UseObject(Set<ProductId> products, List<ColumnUse> columns) {
  public UseObject {
    products = sorted(products);
    columns = List.copyOf(columns);
    boolean stray = false;
    for (ColumnUse use : columns) {
      stray |= !products.contains(use.product());
    }
    if (products.isEmpty() || stray) {
      throw new IllegalArgumentException("a use names its products, and columns of no other");
    }
  }

  /** In one order everywhere, so that equal requests get equal decisions to the letter. */
  private static Set<ProductId> sorted(Set<ProductId> products) {
    var ordered = new LinkedHashSet<ProductId>();
    products.stream().sorted(Comparator.comparing(ProductId::value)).forEach(ordered::add);
    return Collections.unmodifiableSet(ordered);
  }

  /** A use of one product as a whole. */
  public static UseObject of(ProductId product) {
    return new UseObject(Set.of(product), List.of());
  }
}
