/**
 * Benchmark {@code merkle}: growing both trees of the evidence log in memory, proofs and their
 * verification. Start with {@link dev.weir.benchmarks.merkle.MerkleBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.merkle;
