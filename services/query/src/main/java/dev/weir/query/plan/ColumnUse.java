package dev.weir.query.plan;

import dev.weir.kernel.ProductId;

/** One use of one column by a checked query. */
public record ColumnUse(ProductId product, String table, String column, UseClass use) {}
