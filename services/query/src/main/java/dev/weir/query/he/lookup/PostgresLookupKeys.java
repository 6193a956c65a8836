package dev.weir.query.he.lookup;

import dev.weir.he.oprf.OprfKey;
import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
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

  /**
   * @throws ProblemException of type {@link ProblemType#ERASED} when the key was erased; another is
   *     never drawn
   */
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
            .findOne()
            .orElseThrow(PostgresLookupKeys::erased);
    return OprfKey.derive(
        seed,
        LockedTable.name(contract, tableId, dataVersion).getBytes(StandardCharsets.UTF_8),
        random);
  }

  /** Whether there was a key, and there never will be one again. */
  boolean erased(Handle handle, ContractId contract, String tableId, long dataVersion) {
    return handle
        .createQuery(
            """
            select exists (select from query.lookup_keys where contract_id = :contract
              and rollup_id = :rollup and data_version = :version and seed is null)
            """)
        .bind("contract", contract.value())
        .bind("rollup", tableId)
        .bind("version", dataVersion)
        .mapTo(Boolean.class)
        .one();
  }

  static ProblemException erased() {
    return new ProblemException(
        ProblemType.ERASED,
        "The key of these locked records was erased: contract or data version are over.");
  }
}
