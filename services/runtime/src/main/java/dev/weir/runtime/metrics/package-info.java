/**
 * Figures for operators in Prometheus' text format, on the admin port only. Labels hold names of
 * endpoints and states, never values of data or names of people. Start with {@link
 * dev.weir.runtime.metrics.PrometheusMetrics}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.runtime.metrics;
