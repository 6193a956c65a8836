package dev.weir.query.job;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.ProductId;
import dev.weir.kernel.QueryId;
import dev.weir.runtime.http.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps queries. Every method works inside the caller's transaction and sees what its row-level
 * security shows. Thread-safe.
 */
interface QueryJobStore {

  /** Adds a query; returns the one that is there when the party used the request key before. */
  QueryJob add(Handle handle, QueryJob job);

  Optional<QueryJob> find(Handle handle, QueryId id);

  Optional<QueryJob> findByKey(Handle handle, CreditCode party, String requestKey);

  /**
   * Moves a query on.
   *
   * @return false when it is no longer in {@code from}; nothing then changes
   */
  boolean move(Handle handle, QueryStatus from, QueryJob changed);

  /** Newest first. */
  List<QueryJob> list(
      Handle handle, CreditCode party, Optional<ContractId> contract, PageRequest page);

  /** As {@link #find}; until the transaction ends nobody else changes it. */
  Optional<QueryJob> lock(Handle handle, QueryId id);

  /**
   * Unfinished queries that this instance took in before an instant, and those of instances that
   * are gone; never those of another one that lives.
   */
  List<QueryJob> unfinished(Handle handle, Instant before);

  /**
   * Answered and charged queries of a contract.
   *
   * @return for each product, how many there were since each of the instants
   */
  Map<ProductId, List<Long>> answered(
      Handle handle, ContractId contract, List<ProductId> products, List<Instant> since);

  /**
   * Queries of a contract that were refused for what the records are, which tells a little about
   * them each time.
   *
   * @param rules of such refusals
   */
  long refused(Handle handle, ContractId contract, List<String> rules);
}
