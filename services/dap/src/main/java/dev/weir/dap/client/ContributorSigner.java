package dev.weir.dap.client;

import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.profile.PartyId;
import dev.weir.dap.wire.Bytes;

/** A contributor's key, wherever it is kept. Thread-safe. */
public interface ContributorSigner {
  ContributorId id();

  /**
   * On whose behalf it signs, as the task's terms say of the key: both aggregators refuse reports
   * that were drawn for another party's lane.
   */
  PartyId party();

  /** A signature in the suite that the task names for this contributor. */
  Bytes sign(Bytes statement);
}
