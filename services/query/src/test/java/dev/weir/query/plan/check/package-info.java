/** Attacks by arithmetic, each beside the plain solver that finds them. */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.check;
