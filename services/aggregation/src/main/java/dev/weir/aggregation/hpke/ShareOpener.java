package dev.weir.aggregation.hpke;

import dev.weir.dap.hpke.HpkeCiphertext;
import dev.weir.dap.wire.Bytes;
import java.util.Optional;

/** Opens input shares that were sealed for one of an aggregator's keys. Thread-safe. */
public interface ShareOpener {
  /** True when the key with this id is, or was until lately, one of ours. */
  boolean knows(int configId);

  /** Empty for an unknown key and for anything that does not open, in the same way. */
  Optional<Bytes> open(HpkeCiphertext sealed, Bytes aad);
}
