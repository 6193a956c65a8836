/**
 * Benchmark {@code shape}: how large the sources are and how much of them tests. Nothing is timed.
 * Start with {@link dev.weir.benchmarks.shape.ShapeBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.shape;
