/**
 * Usage control: a pure engine from (request, contract, bundle) to one of the four decisions of
 * TC609-6-2025-15. It never reads a clock, a file or a network; context comes in with the request.
 * Vocabulary is in {@code term}, {@code contract} and {@code product}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy;
