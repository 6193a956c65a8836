/**
 * The parts of a decision: reasons in both languages, obligations, and what must be checked again
 * when the use is committed. Start with {@link dev.weir.policy.decision.Reason}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.decision;
