/**
 * Holds an exact answer against itself and all earlier answers: nothing that can be computed from
 * them may rest on fewer records than the minimum group. Pure; the caller runs the statement. Start
 * with {@link dev.weir.query.plan.check.DifferencingCheck}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.check;
