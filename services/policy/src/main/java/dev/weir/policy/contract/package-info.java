/**
 * The digital contract of TC609-6-2025-14 as values: parties, three kinds of policy, allotments,
 * price. Start with {@link dev.weir.policy.contract.ContractTerms}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.policy.contract;
