/**
 * Benchmark {@code he}: the multiply-accumulate kernel against SEAL's own sequence and the memory
 * of this machine, coarse calls through JNI against the same C++, and queries against a plain scan
 * and against downloading everything. Start with {@link dev.weir.benchmarks.he.HeBenchmark}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks.he;
