/**
 * Which action, constraint and operator this engine enforces, and why it refuses the others. Start
 * with {@link dev.weir.policy.enforcement.EnforcementTable}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.enforcement;
