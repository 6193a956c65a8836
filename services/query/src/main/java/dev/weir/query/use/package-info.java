/**
 * Every use of a product, however it was made: what its provider watches. Start with {@link
 * dev.weir.query.use.UseResource}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.use;
