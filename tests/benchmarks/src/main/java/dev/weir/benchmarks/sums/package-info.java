/**
 * Sums of encrypted columns: how fast an adder adds what a broker holds, held to how fast the same
 * bytes can be consumed. Start with {@link dev.weir.benchmarks.sums.SumBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.sums;
