/** The closed vocabulary of TC609-6-2025-14: 21 actions, 19 constraints, 12 operators. */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.term;
