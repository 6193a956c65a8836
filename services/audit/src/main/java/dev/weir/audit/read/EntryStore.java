package dev.weir.audit.read;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.runtime.http.Caller;
import java.util.List;
import java.util.Optional;

/** Leaves as a caller may see them; others do not exist for it. Thread-safe. */
public interface EntryStore {

  /** Leaves from an index on, in order, at most {@code limit}. */
  List<Entry> from(Caller caller, long index, int limit);

  Optional<Entry> find(Caller caller, LeafId id);

  /** True when the caller sees any leaf of the contract. */
  boolean knows(Caller caller, ContractId contract);

  /** Meter leaves of a contract from an index on, in order, at most {@code limit}. */
  List<Entry> meter(Caller caller, ContractId contract, long index, int limit);
}
