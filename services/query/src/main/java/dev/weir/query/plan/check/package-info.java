/**
 * Holds an exact answer against itself and against earlier answers: the difference of two cohorts
 * must be nothing or no smaller than the minimum group. Pure; the caller runs the statement. Start
 * with {@link dev.weir.query.plan.check.DifferencingCheck}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.check;
