/**
 * What is summed, as whole granules within known bounds, so that a sum is exact and its sensitivity
 * an integer. Start with {@link dev.weir.query.plan.measure.GranularReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.measure;
