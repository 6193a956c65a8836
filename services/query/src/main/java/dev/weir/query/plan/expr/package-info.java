/**
 * The closed scalar language that queries are translated into: total functions over seven types.
 * What is not here cannot run. Never evaluates protected data in this JVM; {@link
 * dev.weir.query.plan.expr.Evaluation} works on literals, declared domains and finished answers.
 * Start with {@link dev.weir.query.plan.expr.Expr}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.expr;
