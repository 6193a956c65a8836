/**
 * Benchmark {@code intake}: records read, cleaned, treated, encoded and committed to the broker,
 * against the broker alone. Start with {@link dev.weir.benchmarks.intake.IntakeBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.intake;
