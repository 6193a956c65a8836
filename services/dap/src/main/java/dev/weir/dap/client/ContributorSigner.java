package dev.weir.dap.client;

import dev.weir.dap.profile.ContributorId;
import dev.weir.dap.wire.Bytes;

/** A contributor's key, wherever it is kept. Thread-safe. */
public interface ContributorSigner {
  ContributorId id();

  /** A signature in the suite that the task names for this contributor. */
  Bytes sign(Bytes statement);
}
