/**
 * The contract that a task serves: in force or not, what its policy says to a collection, and the
 * account that pays. Start with {@link dev.weir.aggregation.policy.ContractUsageGate}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.aggregation.policy;
