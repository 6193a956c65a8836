/**
 * How everything is measured: warm-up, repeated runs, medians and 99th percentiles, collections and
 * heap noted. Never knows what is measured. Start with {@link
 * dev.weir.benchmarks.harness.Benchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.harness;
