package dev.weir.query.he.evaluator;

import dev.weir.he.Words;

/**
 * One question whose queries are expanded where it is evaluated, past the gate.
 *
 * @param queries seeded ciphertexts
 * @param keysSha256 names the keys that expand them
 */
public record Lookup(Words queries, String keysSha256) {}
