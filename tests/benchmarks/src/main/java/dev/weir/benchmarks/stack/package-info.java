/**
 * Real servers for one benchmark: PostgreSQL with fsync on, a broker with authorizer, a schema
 * registry. All of it goes when the benchmark ends. Start with {@link
 * dev.weir.benchmarks.stack.BenchDatabase}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.stack;
