/**
 * Column policy: every use of every column against the party's grants, and joins against what they
 * bound. Start with {@link dev.weir.query.plan.policy.GrantCheck}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.plan.policy;
