package dev.weir.query.he.lookup;

import dev.weir.he.oprf.OprfKey;
import dev.weir.kernel.ContractId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jdbi.v3.core.Handle;

/**
 * The keys under which entries are locked, one for each data version of a table under a contract,
 * in {@code query.lookup_keys}: drawn once, so that a ticket and the worker that answers it agree.
 * Works inside the caller's transaction. Thread-safe.
 */
public final class PostgresLookupKeys {
  private final SecureRandom random;

  public PostgresLookupKeys(SecureRandom random) {
    this.random = random;
  }

  public OprfKey of(Handle handle, ContractId contract, String tableId, long dataVersion) {
    byte[] fresh = new byte[OprfKey.SEED_BYTES];
    random.nextBytes(fresh);
    handle
        .createUpdate(
            """
            insert into query.lookup_keys (contract_id, rollup_id, data_version, seed)
            values (:contract, :rollup, :version, :seed) on conflict do nothing
            """)
        .bind("contract", contract.value())
        .bind("rollup", tableId)
        .bind("version", dataVersion)
        .bind("seed", fresh)
        .execute();
    byte[] seed =
        handle
            .createQuery(
                """
                select seed from query.lookup_keys
                where contract_id = :contract and rollup_id = :rollup and data_version = :version
                """)
            .bind("contract", contract.value())
            .bind("rollup", tableId)
            .bind("version", dataVersion)
            .mapTo(byte[].class)
            .one();
    return OprfKey.derive(
        seed,
        LockedTable.name(contract, tableId, dataVersion).getBytes(StandardCharsets.UTF_8),
        random);
  }
}
