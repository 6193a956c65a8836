/**
 * The way of an evidence leaf into the log: canonical bytes, in the outbox, in the transaction that
 * it attests. Start with {@link dev.weir.runtime.evidence.EvidenceLog}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.evidence;
