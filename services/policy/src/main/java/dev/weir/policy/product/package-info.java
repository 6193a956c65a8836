/**
 * What a data product offers: its kind, columns with their constraints, bounds, key domains,
 * minimum group and price. Start with {@link dev.weir.policy.product.ProductTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.product;
