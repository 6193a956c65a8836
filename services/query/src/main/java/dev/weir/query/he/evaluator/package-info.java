/**
 * Where native code meets foreign ciphertexts: a child process with capped memory, no network, no
 * password and a deadline for each question. It holds released cells and nothing else; when it ends
 * its running question fails and the next one has a new child. Start with {@link
 * dev.weir.query.he.evaluator.Evaluator} on this side and {@link
 * dev.weir.query.he.evaluator.EvaluatorMain} on the other.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.he.evaluator;
