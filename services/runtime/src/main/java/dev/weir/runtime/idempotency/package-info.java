/**
 * Writes that a client may send again without doing them twice (header {@code Idempotency-Key}). It
 * remembers answers in the transaction that made them, and never runs a write outside of it. Start
 * with {@link dev.weir.runtime.idempotency.PostgresReplies}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.idempotency;
