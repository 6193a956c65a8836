package dev.weir.query.he;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProductId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Finds and erases what is over in the tables of tickets, locked records and switching keys. Each
 * step may be done again, by whomever. Works inside the caller's transaction. Thread-safe.
 */
final class PostgresHeRetention {
  /** Of one transaction; a statement may run for seconds only. */
  static final int MAX_ROWS = 200;

  /**
   * A locked table that can still be opened.
   *
   * @param product that tickets about it name; empty before there was one
   * @param ofCells whether its entries are released cells
   * @param replaced whether newer entries of the same name are here
   * @param waitedFor whether a ticket about it may still be used or is being answered
   */
  record Openable(
      ContractId contract,
      String tableId,
      long dataVersion,
      Optional<ProductId> product,
      boolean ofCells,
      boolean replaced,
      boolean waitedFor) {}

  List<Openable> openable(Handle handle, Instant now) {
    return handle
        .createQuery(
            """
            select k.contract_id, k.rollup_id, k.data_version,
              (select t.product_id from query.he_tickets t where t.contract_id = k.contract_id
                and t.rollup_id = k.rollup_id and t.data_version = k.data_version limit 1) product,
              exists (select from query.epochs e where e.contract_id = k.contract_id
                and e.rollup_id = k.rollup_id and e.data_version = k.data_version) of_cells,
              exists (select from query.epochs e where e.contract_id = k.contract_id
                and e.rollup_id = k.rollup_id and e.data_version > k.data_version
                and e.refusal is null)
              or exists (select from query.lookup_keys n where n.contract_id = k.contract_id
                and n.rollup_id = k.rollup_id and n.data_version > k.data_version) replaced,
              exists (select from query.he_tickets t where t.contract_id = k.contract_id
                and t.rollup_id = k.rollup_id and t.data_version = k.data_version
                and t.kind in ('LOOKUP', 'KEYWORD', 'INDEX')
                and (t.status in ('ASKED', 'RUNNING')
                  or t.status = 'OPEN' and t.expires_at > :now)) waited_for
            from query.lookup_keys k where k.seed is not null
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) ->
            new Openable(
                new ContractId(row.getObject("contract_id", UUID.class)),
                row.getString("rollup_id"),
                row.getLong("data_version"),
                Optional.ofNullable(row.getObject("product", UUID.class)).map(ProductId::new),
                row.getBoolean("of_cells"),
                row.getBoolean("replaced"),
                row.getBoolean("waited_for")))
        .list();
  }

  /** Takes the seed from which a table's key is derived: nothing opens its records afterwards. */
  int eraseKey(Handle handle, Openable table, Instant at) {
    return handle
        .createUpdate(
            """
            update query.lookup_keys set seed = null, erased_at = :at
            where contract_id = :contract and rollup_id = :rollup and data_version = :version
              and seed is not null
            """)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .bind("contract", table.contract().value())
        .bind("rollup", table.tableId())
        .bind("version", table.dataVersion())
        .execute();
  }

  /** Erases the records of tables whose key was erased before then. */
  int eraseRecords(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            update query.locked_tables t set content = null where t.content is not null
              and exists (select from query.lookup_keys k where k.contract_id = t.contract_id
                and k.rollup_id = t.rollup_id and k.data_version = t.data_version
                and k.erased_at <= :before)
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Tickets whose question has waited for an answer since before then. */
  List<UUID> unanswered(Handle handle, Instant before) {
    return handle
        .createQuery(
            """
            select id from query.he_tickets
            where status in ('ASKED', 'RUNNING') and asked_at <= :before limit :most
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("most", MAX_ROWS)
        .mapTo(UUID.class)
        .list();
  }

  /** Erases questions and replies that ended before then; of failed ones there is no replay. */
  int eraseQuestions(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            update query.he_tickets set question = null, reply = null, stored_bytes = 0
            where id in (select id from query.he_tickets where stored_bytes > 0
              and (status = 'FAILED' or status = 'DONE' and ended_at <= :before)
              limit :most for update skip locked)
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("most", MAX_ROWS)
        .execute();
  }

  /**
   * Deletes switching keys that no kept question names, if they were dropped, or not used since
   * before then.
   */
  int deleteSwitchingKeys(Handle handle, Instant before) {
    return handle
        .createUpdate(
            """
            delete from query.switching_keys k where (k.dropped_at is not null or k.used_at <= :before)
              and not exists (select from query.he_tickets t where t.party = k.party
                and t.switching_keys = k.sha256 and t.stored_bytes > 0)
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
