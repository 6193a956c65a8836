package dev.weir.query.he.lookup;

import dev.weir.he.oprf.OprfKey;
import dev.weir.query.rollup.Epoch;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jdbi.v3.core.Handle;

/**
 * The keys under which cells are locked, one for each epoch of a contract, in {@code
 * query.lookup_keys}: drawn once, so that a ticket and the worker that answers it agree. Works
 * inside the caller's transaction. Thread-safe.
 */
public final class PostgresLookupKeys {
  private final SecureRandom random;

  public PostgresLookupKeys(SecureRandom random) {
    this.random = random;
  }

  /** Names the table of an epoch; the root tells one publication from the next. */
  public static String table(Epoch epoch) {
    return epoch.contractId()
        + "/"
        + epoch.rollupId()
        + "/"
        + epoch.dataVersion()
        + "/"
        + epoch.root();
  }

  public OprfKey of(Handle handle, Epoch epoch) {
    byte[] fresh = new byte[OprfKey.SEED_BYTES];
    random.nextBytes(fresh);
    handle
        .createUpdate(
            """
            insert into query.lookup_keys (contract_id, rollup_id, data_version, seed)
            values (:contract, :rollup, :version, :seed) on conflict do nothing
            """)
        .bind("contract", epoch.contractId().value())
        .bind("rollup", epoch.rollupId())
        .bind("version", epoch.dataVersion())
        .bind("seed", fresh)
        .execute();
    byte[] seed =
        handle
            .createQuery(
                """
                select seed from query.lookup_keys
                where contract_id = :contract and rollup_id = :rollup and data_version = :version
                """)
            .bind("contract", epoch.contractId().value())
            .bind("rollup", epoch.rollupId())
            .bind("version", epoch.dataVersion())
            .mapTo(byte[].class)
            .one();
    return OprfKey.derive(seed, table(epoch).getBytes(StandardCharsets.UTF_8), random);
  }
}
