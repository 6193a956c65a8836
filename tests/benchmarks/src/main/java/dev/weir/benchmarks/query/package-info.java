/**
 * Benchmark {@code query}: what an answer costs more than plain SQL over the same table. Start with
 * {@link dev.weir.benchmarks.query.QueryBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.query;
