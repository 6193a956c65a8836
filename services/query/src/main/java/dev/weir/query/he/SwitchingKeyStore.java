package dev.weir.query.he;

import dev.weir.kernel.CreditCode;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keys for expanding queries, by party and the digest of their bytes. Works inside the caller's
 * transaction. Thread-safe.
 */
interface SwitchingKeyStore {

  /** Keeps keys, or takes up again what was dropped; serialised for each party. */
  void add(Handle handle, CreditCode party, String sha256, byte[] content, Instant at);

  /** Their length when they may be used; they count as used now. */
  Optional<Integer> use(Handle handle, CreditCode party, String sha256, Instant at);

  /** Bytes of all keys of a party that may be used; the party's keys are locked until the end. */
  long bytes(Handle handle, CreditCode party);

  /**
   * Drops the keys that were not used for longest, if that is before {@code idleSince} and no
   * question that names them waits.
   *
   * @return false when there are none
   */
  boolean dropIdle(Handle handle, CreditCode party, Instant idleSince, Instant at);

  /** The bytes, also of keys that were dropped. */
  Optional<byte[]> content(Handle handle, CreditCode party, String sha256);
}
