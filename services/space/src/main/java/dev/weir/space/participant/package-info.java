/**
 * Participants of the data space and the public keys they sign with (NDI-TR-2025-03). Private keys
 * never come here; a key is taken only with proof that the caller holds its private half. Start
 * with {@link dev.weir.space.participant.Participants}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space.participant;
