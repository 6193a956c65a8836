/**
 * Snapshots of control-plane state as they travel in the compacted space topics. Start with {@link
 * dev.weir.policy.state.ContractState}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.state;
