/**
 * Benchmark {@code aggregation}: reports from their upload until the sums of both aggregators hold
 * them, and what one report costs on the way. Start with {@link
 * dev.weir.benchmarks.aggregation.AggregationBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.aggregation;
