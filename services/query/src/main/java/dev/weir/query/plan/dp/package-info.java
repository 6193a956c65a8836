/**
 * Turns a question over dp products into integer statistics with exact sensitivities, and splits
 * the cost over them. Neighbouring data sets differ by one protected unit being there or not: one
 * record, or all records of one person. Nothing here depends on data. Start with {@link
 * dev.weir.query.plan.dp.DpPlanner}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.dp;
