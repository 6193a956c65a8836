/**
 * Does an evaluation over again, from what the service kept, and holds it to the evidence: for an
 * auditor on a machine of its own. Reads released cells and ciphertexts; opens nothing. Start with
 * {@link dev.weir.query.he.replay.Replay}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he.replay;
