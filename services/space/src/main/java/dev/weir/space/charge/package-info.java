/**
 * Charges of collections: aggregators spend from the accounts that queries spend from, through the
 * control plane and never by themselves. Start with {@link
 * dev.weir.space.charge.CollectionCharges}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.charge;
