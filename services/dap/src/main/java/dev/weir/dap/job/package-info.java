/**
 * How leader and helper verify reports together. Start with {@link
 * dev.weir.dap.job.AggregationJobInitReq}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.dap.job;
