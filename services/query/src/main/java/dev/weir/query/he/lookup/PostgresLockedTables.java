package dev.weir.query.he.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.kernel.ContractId;
import dev.weir.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Locked tables in {@code query.locked_tables}: made once, so that every worker, and an auditor,
 * has the same bytes. Works inside the caller's transaction. Thread-safe.
 */
public final class PostgresLockedTables {

  public Optional<LockedTable> find(
      Handle handle, ContractId contract, String tableId, long dataVersion) {
    return handle
        .createQuery(
            """
            select terms, root from query.locked_tables
            where contract_id = :contract and rollup_id = :table and data_version = :version
            """)
        .bind("contract", contract.value())
        .bind("table", tableId)
        .bind("version", dataVersion)
        .map((row, context) ->
            new LockedTable(
                contract,
                tableId,
                dataVersion,
                terms(row.getString("terms")),
                row.getString("root")))
        .findOne();
  }

  /** All records, one after the other; empty once they were erased. */
  public Optional<byte[]> bytes(Handle handle, LockedTable table) {
    return handle
        .createQuery(
            """
            select content from query.locked_tables
            where contract_id = :contract and rollup_id = :table and data_version = :version
            """)
        .bind("contract", table.contractId().value())
        .bind("table", table.tableId())
        .bind("version", table.dataVersion())
        .mapTo(byte[].class)
        .findOne();
  }

  /** Keeps a table; one that is there already stays. */
  void add(Handle handle, LockedTable table, byte[] content) {
    handle
        .createUpdate(
            """
            insert into query.locked_tables
              (contract_id, rollup_id, data_version, terms, root, content)
            values (:contract, :table, :version, :terms, :root, :content) on conflict do nothing
            """)
        .bind("contract", table.contractId().value())
        .bind("table", table.tableId())
        .bind("version", table.dataVersion())
        .bind("terms", new String(Json.canonical(table.terms()), StandardCharsets.UTF_8))
        .bind("root", table.root())
        .bind("content", content)
        .execute();
  }

  private static LookupTerms terms(String json) {
    try {
      return Json.mapper().readValue(json, LookupTerms.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a locked table has terms that cannot be read", e);
    }
  }
}
