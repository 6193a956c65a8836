package dev.weir.policy.request;

import dev.weir.kernel.ProductId;
import java.util.Locale;

/**
 * One use of one column.
 *
 * @param column its name in lower case
 */
public record ColumnUse(ProductId product, String column, UseClass use) {
  public ColumnUse {
    column = column.toLowerCase(Locale.ROOT);
  }
}
