/**
 * Collections: from a closed batch to two noised shares that only the collector can put together.
 * Each aggregator checks, charges and draws for itself; its noised share is stored in the
 * transaction that charges, so that every retry gets the same one. Start with {@link
 * dev.weir.aggregation.collect.ShareRelease}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.collect;
