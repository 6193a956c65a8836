/**
 * The signed policy bundle: who may do what, and the floors no contract may go below. It refuses to
 * load when one byte differs from what was signed. Start with {@link
 * dev.weir.policy.bundle.PolicyBundle}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.bundle;
