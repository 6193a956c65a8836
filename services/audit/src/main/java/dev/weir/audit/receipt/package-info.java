/**
 * Receipts: a leaf, its place, and the proof that a cosigned checkpoint covers it, for the parties
 * the leaf names. Whoever is not named learns nothing, not even that there is such a leaf. Start
 * with {@link dev.weir.audit.receipt.ReceiptResource}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.audit.receipt;
