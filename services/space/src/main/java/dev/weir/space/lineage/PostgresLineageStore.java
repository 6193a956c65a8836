package dev.weir.space.lineage;

import dev.weir.kernel.LineageId;
import dev.weir.space.change.Documents;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Lineages. Stateless. */
public final class PostgresLineageStore {

  public void insert(Handle handle, Lineage lineage) {
    handle
        .createUpdate(
            """
            insert into space.lineages (id, owner, version, document)
            values (:id, :owner, :version, :document)
            """)
        .bind("id", lineage.id().value())
        .bind("owner", lineage.owner().value())
        .bind("version", lineage.version())
        .bind("document", Documents.write(lineage))
        .execute();
  }

  void update(Handle handle, Lineage lineage) {
    handle
        .createUpdate(
            "update space.lineages set version = :version, document = :document where id = :id")
        .bind("id", lineage.id().value())
        .bind("version", lineage.version())
        .bind("document", Documents.write(lineage))
        .execute();
  }

  public Optional<Lineage> find(Handle handle, LineageId id) {
    return read(handle, "select document from space.lineages where id = :id", id);
  }

  Optional<Lineage> lock(Handle handle, LineageId id) {
    return read(handle, "select document from space.lineages where id = :id for no key update", id);
  }

  private static Optional<Lineage> read(Handle handle, String sql, LineageId id) {
    return handle
        .createQuery(sql)
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Lineage.class));
  }
}
