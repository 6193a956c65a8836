/**
 * The command {@code weir bench}: measures what the design promises, each figure beside a peer that
 * does the same work in the same run, or beside the limit it must keep. Never part of a service and
 * never a test: a busy machine makes a figure worse, not a build red. Start with {@link
 * dev.weir.benchmarks.BenchMain}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.benchmarks;
