package dev.weir.audit.read;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.LeafId;
import dev.weir.kernel.evidence.EvidenceKind;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.sql.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@link EntryStore} behind the row-level policies of {@code audit.leaf}. */
public final class PostgresEntryStore implements EntryStore {
  private final Database database;

  public PostgresEntryStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Entry> from(Caller caller, long index, int limit) {
    return database.inTransaction(
        caller,
        "entries",
        handle ->
            handle
                .createQuery(
                    """
                    select idx, leaf_id, body from audit.leaf
                    where idx >= :index order by idx limit :limit
                    """)
                .bind("index", index)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
  }

  @Override
  public Optional<Entry> find(Caller caller, LeafId id) {
    return database.inTransaction(
        caller,
        "find-leaf",
        handle ->
            handle
                .createQuery("select idx, leaf_id, body from audit.leaf where leaf_id = :id")
                .bind("id", id.value())
                .map((row, context) -> entry(row))
                .findOne());
  }

  @Override
  public boolean knows(Caller caller, ContractId contract) {
    return database.inTransaction(
        caller,
        "knows-contract",
        handle ->
            handle
                .createQuery("select exists (select from audit.leaf where contract_id = :contract)")
                .bind("contract", contract.value())
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public List<Entry> meter(Caller caller, ContractId contract, long index, int limit) {
    return database.inTransaction(
        caller,
        "meter-leaves",
        handle ->
            handle
                .createQuery(
                    """
                    select idx, leaf_id, body from audit.leaf
                    where contract_id = :contract and kind = :kind and idx >= :index
                    order by idx limit :limit
                    """)
                .bind("contract", contract.value())
                .bind("kind", EvidenceKind.METER.name())
                .bind("index", index)
                .bind("limit", limit)
                .map((row, context) -> entry(row))
                .list());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        new LeafId(row.getObject(2, UUID.class)),
        new String(row.getBytes(3), StandardCharsets.UTF_8));
  }
}
