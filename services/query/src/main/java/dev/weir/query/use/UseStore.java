package dev.weir.query.use;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.LineageId;
import dev.weir.runtime.http.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Keeps uses. Works inside the caller's transaction. Thread-safe. */
public interface UseStore {

  void add(Handle handle, Use use);

  /** Something was asked under an open use. */
  void accept(Handle handle, UUID id, Instant at);

  void end(Handle handle, UUID id, End end);

  /**
   * How a use ended.
   *
   * @param rule why there is no answer; empty keeps the rule that allowed it
   */
  record End(
      UseStatus status, Optional<String> rule, long nanoRho, long fen, LeafId leaf, Instant at) {}

  /** Ids of the rollups whose exact cells over any of the lineages a consumer has been shown. */
  Set<String> exactRollups(Handle handle, CreditCode consumer, Set<LineageId> lineages);

  /** Uses of a provider's products, those in SQL among them, newest first. */
  List<UseView> list(
      Handle handle, CreditCode provider, Optional<ContractId> contract, PageRequest page);
}
