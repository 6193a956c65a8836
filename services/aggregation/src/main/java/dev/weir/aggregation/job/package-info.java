/**
 * Aggregation jobs of a foreign leader over HTTP, after DAP: the helper takes a job, has its lanes
 * decide on every report as they do for our own leader, and answers when the last one is decided.
 * Start with {@link dev.weir.aggregation.job.AggregationJobs}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.job;
