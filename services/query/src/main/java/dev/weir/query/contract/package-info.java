/**
 * Contracts as this enforcement point knows them, followed from the control plane's topics. Start
 * with {@link dev.weir.query.contract.ContractBook}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.contract;
