/**
 * Benchmark {@code prio3}: secure aggregation's arithmetic beside libprio-rs, which is built by
 * cargo on the first run and kept, and HPKE beside Bouncy Castle and the JDK. Start with {@link
 * dev.weir.benchmarks.prio3.Prio3Benchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.prio3;
