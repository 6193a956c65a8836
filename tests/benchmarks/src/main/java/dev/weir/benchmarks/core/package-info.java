/**
 * Benchmark {@code core}: decisions, spends, evidence leaves, noise and audited requests. Start
 * with {@link dev.weir.benchmarks.core.CoreBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.core;
