package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import java.util.List;
import java.util.Optional;

/**
 * Where the topology hands the counted cells of a sealed version over, and gets back what may be
 * published of them. Thread-safe.
 */
interface EpochDesk {

  /** The contracts in force that hold these cells; empty while that is not known. */
  List<ContractId> contracts(RollupSpec spec);

  /** What was decided about an epoch; the same for ever once it is there. */
  Optional<Epoch> find(ContractId contract, RollupSpec spec, long dataVersion);

  /** Closes an epoch, now or a little later; when it is closed already, nothing changes. */
  void close(ContractId contract, RollupSpec spec, CountedCells counted);

  /** Gives up an epoch whose records could not be read. */
  void spoil(ContractId contract, RollupSpec spec, long dataVersion);

  /** What the epoch changes: all cells for the first one and for every one of a dp product. */
  List<PublishedCells.Tile> changes(Epoch epoch);
}
