/**
 * A second evaluator, written from the standard's text and not from the engine: strings, lists and
 * brute force, no class of the engine beyond the vocabulary it must read and write.
 */
package dev.weir.policy.naive;
