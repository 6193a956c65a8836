/**
 * Constraints of TC609-6-2025-14 made executable: parsed once when a contract is loaded, then
 * tested in nanoseconds. Start with {@link dev.weir.policy.constraint.Condition}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.constraint;
