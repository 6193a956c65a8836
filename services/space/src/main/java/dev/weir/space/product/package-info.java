/**
 * Data products: drafted by the provider, submitted, reviewed, coded and listed by different hands,
 * delisted (NDI-TR-2025-06, 26号文). The sample shown is made of declared bounds and domains, never
 * of data. Start with {@link dev.weir.space.product.Products}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.product;
