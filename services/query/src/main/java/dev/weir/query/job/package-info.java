/**
 * Queries from submission to receipt: assessed against contract and plan, run in the domain,
 * released through the ledger. Start with {@link dev.weir.query.job.QueryResource}, then {@link
 * dev.weir.query.job.QueryDesk}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.query.job;
