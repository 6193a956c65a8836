package dev.weir.query.rollup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.CreditCode;
import dev.weir.kernel.LineageId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what was decided about epochs, and the cells that were released: the draw is here before it
 * is anywhere else. Works inside the caller's transaction. Thread-safe.
 */
public interface EpochStore {

  Optional<Epoch> find(Handle handle, ContractId contract, String rollupId, long dataVersion);

  /** The newest epoch before this version whose cells were released. */
  Optional<Epoch> releasedBefore(
      Handle handle, ContractId contract, String rollupId, long dataVersion);

  /** The newest epoch whose cells were released. */
  Optional<Epoch> newest(Handle handle, ContractId contract, String rollupId);

  /**
   * The cells as they stand after an epoch that was released.
   *
   * @throws IllegalStateException when they are not what was released
   */
  PublishedCells cells(Handle handle, Epoch epoch);

  /** The stored tiles of an epoch, one after the other, as they are and unchecked. */
  byte[] tiles(Handle handle, Epoch epoch);

  /**
   * The released exact epochs that a consumer has seen of these cells, under whichever contract:
   * newest first, one for all that look the same. Others that would add to them wait until the end
   * of the transaction.
   *
   * @param contract one of the consumer's
   */
  List<Epoch> shownTo(Handle handle, CreditCode consumer, ContractId contract, String rollupId);

  /** Ids of the rollups whose exact cells over a lineage a consumer has been shown. */
  Set<String> exactRollups(Handle handle, CreditCode consumer, LineageId lineage);

  /** The exact cells of a released epoch and what they rest on. */
  Shown shown(Handle handle, Epoch epoch);

  /** Keeps a released epoch, also as a use; one that is there already is a fault. */
  void release(Handle handle, Epoch epoch, EpochUse use, Shown made);

  /** Keeps a refused epoch, also as a use. */
  void refuse(Handle handle, Epoch epoch, EpochUse use);
}
