package dev.weir.space.domain;

import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The prohibited list. Stateless. */
public final class PostgresProhibitionStore {

  void save(Handle handle, Prohibition prohibition) {
    handle
        .createUpdate(
            """
            insert into space.prohibitions (resource_id, version, provider, listed, document)
            values (:id, :version, :provider, :listed, :document)
            on conflict (resource_id) do update
            set version = excluded.version, listed = excluded.listed, document = excluded.document
            """)
        .bind("id", prohibition.resourceId().value())
        .bind("version", prohibition.version())
        .bind("provider", prohibition.provider().value())
        .bind("listed", prohibition.listed())
        .bind("document", Documents.write(prohibition))
        .execute();
  }

  Optional<Prohibition> lock(Handle handle, ResourceId id) {
    return handle
        .createQuery(
            "select document from space.prohibitions where resource_id = :id for no key update")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Prohibition.class));
  }

  boolean isListed(Handle handle, ResourceId id) {
    return handle
        .createQuery("select listed from space.prohibitions where resource_id = :id")
        .bind("id", id.value())
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /** Resources on the list that are still authorised into a domain. */
  List<ResourceId> listedAndAuthorised(Handle handle) {
    return handle
        .createQuery(
            """
            select resources.id from space.prohibitions
            join space.resources on resources.id = prohibitions.resource_id
            where prohibitions.listed and resources.domain_id is not null limit 100
            """)
        .map((row, context) -> ResourceId.of(row.getString("id")))
        .list();
  }

  List<Cursor.Placed<Prohibition>> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.prohibitions
            where seq > :after order by seq limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Prohibition.class)))
        .list();
  }
}
