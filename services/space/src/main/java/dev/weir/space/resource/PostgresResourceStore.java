package dev.weir.space.resource;

import dev.weir.kernel.CreditCode;
import dev.weir.kernel.DomainId;
import dev.weir.kernel.ResourceId;
import dev.weir.runtime.http.PageRequest;
import dev.weir.space.change.Cursor;
import dev.weir.space.change.Documents;
import dev.weir.space.change.Plane;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Data resources. Stateless. */
public final class PostgresResourceStore {

  void insert(Handle handle, Resource resource) {
    bind(
            handle.createUpdate(
                """
                insert into space.resources
                  (id, version, provider, operator, lineage_id, domain_id, status, level, document)
                values
                  (:id, :version, :provider, :operator, :lineage, cast(:domain as uuid), :status, :level, :document)
                """),
            resource)
        .execute();
  }

  public void update(Handle handle, Resource resource) {
    bind(
            handle.createUpdate(
                """
                update space.resources
                set version = :version, operator = :operator, domain_id = cast(:domain as uuid),
                    status = :status, document = :document
                where id = :id and provider = :provider and lineage_id = :lineage and level = :level
                """),
            resource)
        .execute();
  }

  public Optional<Resource> find(Handle handle, ResourceId id) {
    return handle
        .createQuery("select document from space.resources where id = :id")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Resource.class));
  }

  public Resource lock(Handle handle, ResourceId id) {
    return handle
        .createQuery("select document from space.resources where id = :id for no key update")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne()
        .map(document -> Documents.read(document, Resource.class))
        .orElseThrow(Plane::notFound);
  }

  List<Cursor.Placed<Resource>> list(Handle handle, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.resources
            where seq > :after order by seq limit :fetch
            """)
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Resource.class)))
        .list();
  }

  public List<Cursor.Placed<Resource>> listOfDomain(
      Handle handle, DomainId domain, PageRequest page) {
    return handle
        .createQuery(
            """
            select seq, document from space.resources
            where domain_id = :domain and seq > :after order by seq limit :fetch
            """)
        .bind("domain", domain.value())
        .bind("after", Cursor.number(page))
        .bind("fetch", page.fetch())
        .map((row, context) ->
            new Cursor.Placed<>(
                row.getLong("seq"), Documents.read(row.getString("document"), Resource.class)))
        .list();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Resource resource) {
    return statement
        .bind("id", resource.id().value())
        .bind("version", resource.version())
        .bind("provider", resource.provider().value())
        .bind("operator", resource.operator().map(CreditCode::value).orElse(null))
        .bind("lineage", resource.lineageId().value())
        .bind("domain", resource.domainId().map(DomainId::toString).orElse(null))
        .bind("status", resource.status().name())
        .bind("level", resource.schema().level())
        .bind("document", Documents.write(resource));
  }
}
