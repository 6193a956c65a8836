/**
 * The privacy budget of a lineage: its cap is proposed by one person and approved by another, and
 * never falls. What is carved and spent is the ledger's to know. Start with {@link
 * dev.weir.space.lineage.Lineages}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.lineage;
